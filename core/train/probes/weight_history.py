"""How the weights of an array were spread at the moments that were kept."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics import evenly
from core.train.cached import of_moments
from core.train.moments import Moment
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._fine import Fine, common, count
from core.train.probes._nearest import nearest
from core.train.probes._pictures import kind_of_pictures

if TYPE_CHECKING:
    from core.train.session import Session

ROWS = 40
# A histogram is counted finely and kept; what is drawn has at most BINS bins, or a few more at the ends.
BINS = 48
# So many numbers are counted for one answer: some milliseconds.
NUMBERS = 1 << 19


@dataclass(frozen=True, slots=True, eq=False)
class WeightHistory:
    """Histograms of the array `name` of `node`: counts (moments, bins) between edges (bins + 1,), a bin without its
    upper edge, at `steps` and after `epochs` (moments,) ascending; the last is the present one.

    `total` is how many numbers the array has; those that are not finite are in no bin. `names` are the arrays of the
    node, `nodes` all nodes with weights, `pictured` is that of the probe "weights". `pending` says how many moments are
    not counted yet: ask again.
    """

    node: str
    name: str
    names: tuple[str, ...]
    nodes: tuple[str, ...]
    edges: np.ndarray
    counts: np.ndarray
    steps: tuple[int, ...]
    epochs: tuple[int, ...]
    total: int
    pending: int
    pictured: str = ""


def compute(session: Session, node: str = "", name: str = "", asked: int = 0) -> WeightHistory | NotApplicable:
    """The history of array `name` of `node`, by default the first of the nearest node that has weights. A few moments
    are counted at a time: a panel raises `asked` as long as some are pending."""
    found = nearest(session, node)
    if found is None:
        return NotApplicable("This network has no weights. Add a Dense layer.")
    held = session.network.weights
    name = name if name in held[found] else next(iter(held[found]))
    moments, newest = _moments(session)
    known: dict[Moment, Fine] = of_moments(session, ("weight history", found, name))
    fresh = [moment for moment in moments if moment not in known]
    # The latest first: what is seen in front comes at once.
    for moment in fresh[: -1 - max(1, NUMBERS // held[found][name].size) : -1]:
        known[moment] = count(moment.weights[held.places[found, name]])
    counted = [moment for moment in moments if moment in known]
    fines = [*(known[moment] for moment in counted), count(held[found][name])]
    edges, counts = common(fines, BINS)
    return WeightHistory(found, name, tuple(held[found]), tuple(node for node in held if held[node]), edges, counts,
                         (*(moment.step for moment in counted), newest[0]),
                         (*(moment.epoch for moment in counted), newest[1]), held[found][name].size,
                         len(moments) - len(counted), kind_of_pictures(session, found))


def _moments(session: Session) -> tuple[list[Moment], tuple[int, int]]:
    """At most ROWS - 1 moments before the one that is shown, and the step and epoch of that one."""
    past, seen = session.moments, session.seen
    if past is None:
        return [], (seen.step, seen.epoch)
    steps = [step for step in past.steps if step < seen.step]
    chosen = [past.at(steps[place]) for place in evenly(len(steps), ROWS - 1)]
    return [moment for moment in chosen if moment is not None], (seen.step, seen.epoch)


PROBE = Probe("weight_history", compute)
