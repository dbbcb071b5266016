"""Layers that stand still while others learn."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.errors import Problem
from core.train.health._base import Checkup, Rule, finding

# Weights that learn change by about a thousandth of their size in a step: A. Karpathy, CS231n, Neural networks part 3,
# "ratio of weights:updates". A layer that changes a thousand times less than the others in between stands still.
IDLE = 1e-3
# Below this nobody learns: a rate of 0, or the end of a schedule.
MOVES = 1e-7
STEPS = 10


def changes(checkup: Checkup) -> dict[str, float]:
    """How much the weights of each node have changed in a step, as a share of their size, since a moment that was kept
    at least STEPS ago; nothing without a past."""
    session, moments = checkup.session, checkup.session.moments
    if moments is None or not moments.steps:
        return {}
    now = moments.showing.step if moments.showing is not None else session.step
    moment = moments.at(now - STEPS)
    if moment is None or now - moment.step < STEPS:
        return {}
    weights, found = checkup.network.weights, {}
    for node in checkup.weighted:
        places = [place for key, place in weights.places.items() if key[0] == node]
        new, old = (np.concatenate([flat[place] for place in places]) for flat in (weights.flat, moment.weights))
        size = checkup.length(new)
        if size > 0.0:
            found[node] = checkup.length(new.astype(np.float64) - old) / size / (now - moment.step)
    return found


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
