"""Logical AND."""
from __future__ import annotations

from core.datasets._logic import Logic
from core.kinds import Info


class And(Logic):
    """Linearly separable: one neuron learns it."""

    info = Info("and", "AND", "1 only where both inputs are 1", category="Logic",
                keywords=("conjunction", "gate", "truth table", "boolean"))
    truth = (0, 0, 0, 1)
