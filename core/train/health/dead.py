"""Units that a rectifier keeps at 0."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.errors import Problem
from core.layers import Array
from core.train.health._base import Checkup, Rule, finding, rough

# "As much as 40 % of your network can be dead" where the learning rate is too high: CS231n, Neural networks part 1.
# A few dead units in a layer are common, and do no harm.
DEAD = 0.4


def dead_units(slopes: Array) -> np.ndarray:
    """Which units (the last axis) no gradient comes through, in whatever sample and place: (units,)."""
    return np.asarray(~slopes.reshape(-1, slopes.shape[-1]).any(axis=0))


def find(checkup: Checkup) -> Iterator[Problem]:
    """Activations that are flat on one side, where many units are there for every sample."""
    for unit, curve in checkup.activations:
        if not curve.rectifies:
            continue
        dead = dead_units(curve.slopes(checkup.values[unit.sources[0]]))
        if dead.mean() >= DEAD:
            title, count = checkup.title(unit.id), len(checkup.samples)
            which = f"{int(dead.sum()):,} of {len(dead):,} units of {title} are dead ({rough(float(dead.mean()))})"
            yield finding("dead", unit.id, f"{which}: they give 0 for all {count:,} samples that were looked at, so "
                          "that they do not learn any more.", "Lower the learning rate, use Leaky ReLU, or start the "
                          "layer before it with He initialisation and a new seed.")


RULE = Rule("dead", 3, find)
