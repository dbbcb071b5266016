"""One number of every layer over the course of a run: how large what it gives is, its gradient, its updates; or which
share of its units is dead or saturated."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import NotApplicable, Probe
from core.train.probes._course import course
from core.train.probes._layerwise import nothing, numbers_in

if TYPE_CHECKING:
    from core.train.session import Session

FLAT = "flat"
NONE_FLAT = "No hidden layer of this network has units that can be dead or saturated, as those of ReLU, Sigmoid and " \
    "Tanh can, and the gates of LSTM and GRU."


@dataclass(frozen=True, slots=True, eq=False)
class ActivityTrend:
    """values (nodes, moments) of `what`: root mean squares, or for "flat" shares of units that are dead or saturated;
    NaN where there is none. `nodes` are in the order of the network, `numbers` are their places in it.

    `steps` and `epochs` (moments,) ascend; the last is the present one. `samples` were looked at. `pending` moments are
    to come: ask again.
    """

    what: str
    nodes: tuple[str, ...]
    numbers: tuple[int, ...]
    values: np.ndarray
    steps: tuple[int, ...]
    epochs: tuple[int, ...]
    samples: int
    pending: int


def compute(session: Session, what: str = "activations", asked: int = 0) -> ActivityTrend | NotApplicable:
    """The trend of "activations", "gradients", "updates" or "flat". A few moments are looked at for one answer: a panel
    raises `asked` as long as some are pending."""
    flat = what == FLAT
    found = course(session, "activations" if flat else what)
    values = np.array([[getattr(traces[node], FLAT if flat else "size") if node in traces else np.nan
                        for traces in found.traces] for node in found.nodes]).reshape(-1, len(found.traces))
    kept = np.flatnonzero(np.isfinite(values).any(axis=1)) if flat else np.arange(len(values))
    if not len(kept):
        return NotApplicable(NONE_FLAT if flat else nothing(what))
    nodes = tuple(found.nodes[place] for place in kept)
    return ActivityTrend(what, nodes, numbers_in(session, nodes), values[kept], found.steps, found.epochs,
                         found.samples, found.pending)


PROBE = Probe("activity_trend", compute)
