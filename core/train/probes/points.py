"""The samples as points in the plane."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics import evenly
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._plane import JUDGED, judged, no_plane

if TYPE_CHECKING:
    from core.train.session import Session

PARTS = ("train", "validation", "test")
LIMIT = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Samples with two features, all in the data's own units.

    x (n, 2) float32; y (n,) class numbers intp, or numbers float32; part (n,) the place in PARTS. `total`
    counts all samples, of which these are an even choice; those of which a number is missing are left out.
    """

    x: np.ndarray
    y: np.ndarray
    part: np.ndarray
    total: int


def compute(session: Session) -> Points | NotApplicable:
    """The points, always the same object for a session: they never change."""
    if (reason := no_plane(session)) is not None:
        return reason
    if "points" not in session.cache:
        session.cache["points"] = _points(session)
    points: Points = session.cache["points"]
    return points


def _points(session: Session) -> Points:
    parts = [getattr(session.parts, name) for name in PARTS]
    part = np.repeat(np.arange(len(parts), dtype=np.uint8), [len(samples) for samples in parts])
    keep = evenly(len(part), LIMIT)
    plane = session.parts.plane()
    keep = keep[np.isfinite(plane[keep]).all(axis=1)]
    x = plane[keep]
    y = np.concatenate([session.parts.own(samples.y).reshape(len(samples)) for samples in parts])[keep]
    if judged(session).classes == JUDGED:
        y = np.ones(len(y), np.intp)
    points = Points(x, y, part[keep], len(part))
    for array in (points.x, points.y, points.part):
        array.flags.writeable = False
    return points


PROBE = Probe("points", compute)
