"""How the numbers of a layer were distributed at the moments that were kept."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import NotApplicable, Probe
from core.train.probes._course import course
from core.train.probes._fine import common
from core.train.probes._layerwise import TAIL, nothing, numbers_in
from core.train.probes._nearest import nearest

if TYPE_CHECKING:
    from core.train.session import Session

# At most so many bins, or a few more at the ends.
BINS = 80


@dataclass(frozen=True, slots=True, eq=False)
class ActivityHistory:
    """Histograms of `what` of `node`: counts (moments, bins) between edges (bins + 1,), a bin without its upper edge,
    at `steps` and after `epochs` (moments,) ascending; the last is the present one.

    What lies beyond the edges is in the first and the last bin, what is no number in none. With `log` edges are powers
    of ten of the size of a number, and zeros are in no bin. `sizes` (moments,) are root mean squares. `nodes` have such
    numbers, in the order of the network; `numbers` are their places in it. `samples` were looked at. `pending` moments
    are to come: ask again.
    """

    what: str
    node: str
    nodes: tuple[str, ...]
    numbers: tuple[int, ...]
    edges: np.ndarray
    counts: np.ndarray
    log: bool
    sizes: tuple[float, ...]
    steps: tuple[int, ...]
    epochs: tuple[int, ...]
    samples: int
    pending: int


def compute(session: Session, what: str = "activations", node: str = "",
            asked: int = 0) -> ActivityHistory | NotApplicable:
    """The history of "activations", "gradients" or "updates" of `node`, or else of the nearest one that has some. A few
    moments are looked at for one answer: a panel raises `asked` as long as some are pending."""
    found = course(session, what)
    if not found.nodes:
        return NotApplicable(nothing(what))
    here = _meant(session, node, found.nodes)
    rows = [place for place, traces in enumerate(found.traces) if here in traces]
    traces = [found.traces[place][here] for place in rows]
    edges, counts = common([trace.fine for trace in traces], BINS, TAIL)
    return ActivityHistory(what, here, tuple(found.nodes), numbers_in(session, found.nodes), edges, counts,
                           what != "activations", tuple(trace.size for trace in traces),
                           tuple(found.steps[place] for place in rows), tuple(found.epochs[place] for place in rows),
                           found.samples, found.pending)


def _meant(session: Session, node: str, nodes: Sequence[str]) -> str:
    """`node`, else the nearest of `nodes` that feeds it, else the first of them that has weights."""
    queue = [node]
    for name in queue:
        if name in nodes:
            return name
        queue += [source for source in sorted(session.document.sources(name).values()) if source not in queue]
    first = nearest(session, "")
    return first if first is not None and first in nodes else nodes[0]


PROBE = Probe("activity_history", compute)
