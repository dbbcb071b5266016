"""How long every node takes in a step of this run."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.train.probes._base import Probe
from core.train.sampling import look, watched

if TYPE_CHECKING:
    from core.train.session import Session

ROUNDS = 5
# A whole data set in one batch would need its memory a second time; larger batches are worked out from that many.
MOST = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """Seconds forward and backward by node, medians of passes over `batch` samples on one thread.

    `step` is what a step of the run has really taken on average so far, with the update, measuring and, where batches
    are cut, several threads; NaN before the first.
    """

    batch: int
    nodes: dict[str, tuple[float, float]]
    step: float

    @property
    def total(self) -> float:
        """The sum over all nodes."""
        return sum(forward + backward for forward, backward in self.nodes.values())


def compute(session: Session) -> Timing:
    """Time a pass over as many samples as a batch has."""
    batch = -(-len(session.parts.train) // session.rule.batches)
    few = min(batch, MOST)
    share = batch / few
    found = watched(session, look(session, few)).times(ROUNDS)
    nodes = {name: (forward * share, backward * share) for name, (forward, backward) in found.items()}
    return Timing(batch, nodes, session.seconds / session.step if session.step else float("nan"))


PROBE = Probe("timing", compute)
