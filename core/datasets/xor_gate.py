"""Logical XOR."""
from __future__ import annotations

from core.datasets._logic import Logic
from core.kinds import Info


class Xor(Logic):
    """Not linearly separable: no single neuron can learn it.

    Source: Minsky & Papert 1969, Perceptrons.
    """

    info = Info("xor", "XOR", "1 where exactly one input is 1", category="Logic",
                keywords=("exclusive or", "parity", "gate", "truth table", "boolean"))
    truth = (0, 1, 1, 0)
