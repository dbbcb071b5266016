"""Logical NAND."""
from __future__ import annotations

from core.datasets._logic import Logic
from core.kinds import Info


class Nand(Logic):
    """Linearly separable: one neuron learns it, and every other logical function can be built of it.

    Source: Sheffer 1913, A set of five independent postulates for Boolean algebras.
    """

    info = Info("nand", "NAND", "0 only where both inputs are 1", category="Logic",
                keywords=("not and", "sheffer stroke", "gate", "truth table", "boolean"))
    truth = (1, 1, 1, 0)
