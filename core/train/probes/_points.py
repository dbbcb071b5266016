"""Samples as points in the plane of two features."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.statistics import evenly
from core.train.cached import newest, once
from core.train.probes._base import NotApplicable
from core.train.probes._plane import JUDGED, judged, no_slice
from core.train.references import SampleRef
from core.train.sampling import PARTS
from core.train.slices import slice_of

if TYPE_CHECKING:
    from core.train.session import Session

LIMIT = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Samples at their two features, all in the data's own units.

    x (n, 2) float32; y (n,) class numbers intp, or numbers float32; part (n,) the place in PARTS, number (n,) intp the
    place in that part. `total` counts all samples, of which these are an even choice; those of which a number is
    missing are left out. `near` (n,) float32 is how near they are to the plane where other columns are held: 1 in it.
    """

    x: np.ndarray
    y: np.ndarray
    part: np.ndarray
    number: np.ndarray
    total: int
    near: np.ndarray | None = None


def points_of(session: Session, x: str = "", y: str = "", sample: SampleRef | None = None) -> Points | NotApplicable:
    """The points, the same object until another plane is asked for: they never change. The arguments are those of the
    boundary."""
    if (reason := once(session, "no slice", lambda: no_slice(session))) is not None:
        return reason
    key = None if session.parts.planar else (x, y, sample)
    return newest(session, "points", key, lambda: _points(session, x, y, sample))


def _points(session: Session, x: str, y: str, sample: SampleRef | None) -> Points:
    parts = [getattr(session.parts, name) for name in PARTS]
    sizes = [len(samples) for samples in parts]
    part = np.repeat(np.arange(len(parts), dtype=np.uint8), sizes)
    number = np.concatenate([np.arange(size) for size in sizes])
    cut = None if session.parts.planar else slice_of(session, x, y, sample)
    plane = session.parts.plane() if cut is None else cut.points()
    keep = evenly(len(part), LIMIT)
    keep = keep[np.isfinite(plane[keep]).all(axis=1)]
    y_all = np.concatenate([session.parts.own(samples.y).reshape(len(samples)) for samples in parts])[keep]
    if judged(session).classes == JUDGED:
        y_all = np.ones(len(y_all), np.intp)
    near = None if cut is None else cut.nearness()[keep]
    points = Points(plane[keep], y_all, part[keep], number[keep], len(part), near)
    for array in (points.x, points.y, points.part, points.number):
        array.flags.writeable = False
    return points
