"""What the network says about the points that are drawn in a plane."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.metrics import predicted
from core.train.cached import newest
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._plane import judged
from core.train.probes._points import Points, points_of
from core.train.references import SampleRef
from core.train.sampling import PARTS

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """One for each of `points`: best (n,) intp class numbers and sure (n,) float32 how sure the network is of them, or
    best (n,) float32 predictions in the data's own units. `wrong` (n,) says which classes are not the true ones."""

    points: Points
    best: np.ndarray
    sure: np.ndarray | None
    wrong: np.ndarray


def compute(session: Session, x: str = "", y: str = "", sample: SampleRef | None = None) -> Verdicts | NotApplicable:
    """Predictions of the points that the probe "points" gives for the same arguments."""
    points = points_of(session, x, y, sample)
    if isinstance(points, NotApplicable):
        return points
    inputs = newest(session, "verdicts", points, lambda: _inputs(session, points))
    output = session.network.predict(inputs).reshape(len(points.x), -1)
    if not judged(session).classification:
        return Verdicts(points, session.parts.own(output)[:, 0], None, np.zeros(len(output), bool))
    best = predicted(output)
    whole = np.hstack([1.0 - output, output]) if output.shape[1] == 1 else output
    sure = np.clip(whole[np.arange(len(whole)), best], 0.0, 1.0).astype(np.float32)
    return Verdicts(points, best, sure, best != points.y)


def _inputs(session: Session, points: Points) -> np.ndarray:
    """The samples that the points stand for, as they reach the network."""
    return np.concatenate([getattr(session.parts, name).x[points.number[points.part == place]]
                           for place, name in enumerate(PARTS)])


PROBE = Probe("verdicts", compute)
