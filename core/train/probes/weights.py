"""The weights of one node."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import NotApplicable, Probe

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Copies of the weights of `node` by name; `scale` is the largest finite size of any of them."""

    node: str
    values: dict[str, np.ndarray]
    scale: float


def compute(session: Session, node: str = "") -> Weights | NotApplicable:
    """The weights of `node`, else of the nearest node that feeds it, else of the first that has some."""
    found = _nearest(session, node)
    if found is None:
        return NotApplicable("This network has no weights. Add a Dense layer.")
    values = {name: array.copy() for name, array in session.network.weights[found].items()}
    return Weights(found, values, max(map(_size, values.values())))


def _nearest(session: Session, node: str) -> str | None:
    weights, queue = session.network.weights, [node]
    for name in queue:
        if weights[name]:
            return name
        sources = sorted(session.document.sources(name).values())
        queue += [source for source in sources if source not in queue]
    return next((name for name in weights if weights[name]), None)


def _size(array: np.ndarray) -> float:
    size = np.abs(array)
    return float(size.max(initial=0.0, where=np.isfinite(size)))


PROBE = Probe("weights", compute)
