"""The samples as points in the plane."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import NotApplicable, Probe, thinned

if TYPE_CHECKING:
    from core.train.session import Session

PARTS = ("train", "validation", "test")
LIMIT = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Samples with two features, in their own units.

    x (n, 2) float32; y (n,) class numbers intp, or numbers float32; part (n,) the place in PARTS. `total`
    counts all samples, of which these are an even choice.
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


def no_plane(session: Session) -> NotApplicable | None:
    """Why this data cannot be drawn in a plane, or None if it can."""
    spec, title = session.parts.spec, session.parts.title
    if spec.shape != (2,):
        count = int(np.prod(spec.shape))
        return NotApplicable(f"A plane needs samples of two numbers; {title} has {count:,}. "
                             "Choose data such as XOR, Moons or Spiral to see the boundary.")
    if not spec.classification and spec.targets != 1:
        return NotApplicable(f"A surface needs one number to predict; {title} has {spec.targets}.")
    return None


def _points(session: Session) -> Points:
    parts = [getattr(session.parts, name) for name in PARTS]
    part = np.repeat(np.arange(len(parts), dtype=np.uint8), [len(samples) for samples in parts])
    keep = thinned(len(part), LIMIT)
    x = session.parts.scaler.undo(np.concatenate([samples.x for samples in parts])[keep])
    y = np.concatenate([samples.y.reshape(len(samples)) for samples in parts])[keep]
    points = Points(x, y, part[keep], len(part))
    for array in (points.x, points.y, points.part):
        array.flags.writeable = False
    return points


PROBE = Probe("points", compute)
