"""Activations that are at the flat ends of their function."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.errors import Problem
from core.train.health._base import Checkup, Rule, finding, rough

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


RULE = Rule("saturated", 4, find)
