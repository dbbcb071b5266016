"""Logical OR."""
from __future__ import annotations

from core.datasets._logic import Logic
from core.kinds import Info


class Or(Logic):
    """Linearly separable: one neuron learns it."""

    info = Info("or", "OR", "1 where at least one input is 1", category="Logic",
                keywords=("disjunction", "gate", "truth table", "boolean"))
    truth = (0, 1, 1, 1)
