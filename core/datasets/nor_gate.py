"""Logical NOR."""
from __future__ import annotations

from core.datasets._logic import Logic
from core.kinds import Info


class Nor(Logic):
    """Linearly separable: one neuron learns it."""

    info = Info("nor", "NOR", "1 only where both inputs are 0", category="Logic",
                keywords=("not or", "peirce arrow", "gate", "truth table", "boolean"))
    truth = (1, 0, 0, 0)
