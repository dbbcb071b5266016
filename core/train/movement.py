"""How far weights have moved lately."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array

if TYPE_CHECKING:
    from core.train.session import Session

# The change of a single step is mostly chance.
STEPS = 10


def moved(session: Session, nodes: Iterable[str]) -> dict[str, tuple[Array, Array]]:
    """Of each of these nodes that has weights: all of them as one vector, and their mean change in a step since a
    moment that was kept at least STEPS ago, (weights,) float64. Nothing without such a moment."""
    moments, weights, now = session.moments, session.network.weights, session.seen.step
    moment = None if moments is None else moments.at(now - STEPS)
    if moment is None or now - moment.step < STEPS:
        return {}
    found = {}
    for node in nodes:
        places = [place for key, place in weights.places.items() if key[0] == node]
        if places:
            new, old = (np.concatenate([flat[place] for place in places]).astype(np.float64)
                        for flat in (weights.flat, moment.weights))
            found[node] = new, (new - old) / (now - moment.step)
    return found
