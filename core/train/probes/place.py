"""Where one sample stands in the plane."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import NotApplicable, Probe
from core.train.probes._plane import no_slice
from core.train.references import SampleRef
from core.train.sampling import found, raw_columns
from core.train.slices import features, numbers, slice_of

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """The two features of a sample, in the data's own units."""

    x: float
    y: float


def compute(session: Session, sample: SampleRef, x: str = "", y: str = "") -> Place | NotApplicable:
    """The columns are named as for the boundary."""
    if (reason := no_slice(session)) is not None:
        return reason
    ref = found(session, sample)
    columns = tuple(column.take(np.array([ref.number])) for column in raw_columns(session, ref.part))
    if session.parts.planar:
        first, second = features(session.parts.chain.inputs)
    else:
        cut = slice_of(session, x, y)
        first, second = cut.x, cut.y
    place = Place(float(numbers(columns, first)[0]), float(numbers(columns, second)[0]))
    if not (np.isfinite(place.x) and np.isfinite(place.y)):
        return NotApplicable("A number of this sample is missing.")
    return place


PROBE = Probe("place", compute)
