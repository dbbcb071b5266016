"""Activations that are at the flat ends of their function."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.errors import Problem
from core.train.health._base import Checkup, Rule, finding, rough
from core.train.health._gates import flat_gates, has_gates

# A slope of less than this share of the steepest lets next to nothing through: tanh beyond ±0.975, a sigmoid outside
# 0.013 to 0.987.
FLAT = 0.05
# Units at their ends for most samples; a layer that has learned firm answers stays below. After Glorot & Bengio 2010,
# Understanding the difficulty of training deep feedforward neural networks, section 3.
MOST = 0.8


def find(checkup: Checkup) -> Iterator[Problem]:
    """Activations that are flat on both sides, with most of their numbers there."""
    if checkup.learned:
        return
    for unit, curve in checkup.activations:
        if not curve.saturates:
            continue
        slopes = np.abs(curve.slopes(checkup.values[unit.sources[0]]))
        share = float((slopes < FLAT * curve.steepest).mean())
        if share >= MOST:
            yield finding("saturated", unit.id, f"{checkup.title(unit.id)} is saturated: {rough(share)} of its outputs "
                          "are at the flat ends of its function, where almost no gradient passes.",
                          "Use ReLU instead, start the layer before it with smaller weights (Glorot), scale the "
                          "inputs, or put Batch normalisation before it.")


def gates(checkup: Checkup) -> Iterator[Problem]:
    """Recurrent layers with most of their gates at the flat ends of their sigmoids."""
    if checkup.learned:
        return
    for unit in checkup.network.units:
        share = flat_gates(checkup.shown.get(unit.id, {}), FLAT) if has_gates(unit) else 0.0
        if share >= MOST:
            yield finding("gates", unit.id, f"The gates of {checkup.title(unit.id)} are saturated: {rough(share)} of "
                          "them are as good as fully open or closed, where almost no gradient passes.",
                          "Reset with a lower learning rate, scale the inputs, or clip the gradient (Training, Clip "
                          "norm 1).")


RULES_HERE = Rule("saturated", 4, find), Rule("gates", 4, gates)
