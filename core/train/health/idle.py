"""Layers that stand still while others learn."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.errors import Problem
from core.train.health._base import Checkup, Rule, finding
from core.train.movement import moved

# Weights that learn change by about a thousandth of their size in a step: A. Karpathy, CS231n, Neural networks part 3,
# "ratio of weights:updates". A layer that changes a thousand times less than the others in between stands still.
IDLE = 1e-3
# Below this nobody learns: a rate of 0, or the end of a schedule.
MOVES = 1e-7


def changes(checkup: Checkup) -> dict[str, float]:
    """How much the weights of each node have changed in a step of late, as a share of their size; nothing without a
    past."""
    return {node: checkup.length(change) / size
            for node, (weights, change) in moved(checkup.session, checkup.weighted).items()
            if (size := checkup.length(weights)) > 0.0}


def find(checkup: Checkup) -> Iterator[Problem]:
    """Layers with weights that have not moved while the others did."""
    if checkup.learned:
        return
    ratios = changes(checkup)
    for node, ratio in ratios.items():
        others = [other for name, other in ratios.items() if name != node]
        usual = float(np.median(others)) if others else 0.0
        if usual > MOVES and ratio < IDLE * usual:
            yield finding("idle", node, f"{checkup.title(node)} does not learn: its weights change by {ratio:.1g} of "
                          f"their size in a step, those of the other layers by {usual:.1g}.",
                          "Look at the layers behind it: dead or saturated units let no gradient through. Other first "
                          "weights, ReLU or Batch normalisation help.")


RULE = Rule("idle", 6, find)
