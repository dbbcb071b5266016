"""Where in the plane a network is asked what it says: equal cells over the range of the data."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataError
from core.train.cached import once
from core.train.probes._plane import judged

if TYPE_CHECKING:
    from core.train.session import Session

Area = tuple[float, float, float, float]
Limits = tuple[tuple[float, float], tuple[float, float]]
Samples = Callable[[np.ndarray], np.ndarray]

MARGIN = 0.1
ALIKE = 4.0
# Numbers that differ by less than this share of their size are one: nothing can be drawn between them.
SAME = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Samples at the centres of size x size equal cells, row by row from the bottom up; x and y are the edges in the
    data's own units, `limits` the range of what is to be predicted."""

    inputs: np.ndarray
    x: tuple[float, float]
    y: tuple[float, float]
    limits: tuple[float, float]


def known_grid(session: Session, size: int) -> Grid:
    """The grid over the range of the data and a margin, made once. Raises DataError."""
    parts = session.parts
    return once(session, ("boundary", size), lambda: first_grid(session, size, parts.plane(), parts.from_plane))


def first_grid(session: Session, size: int, points: np.ndarray, samples: Samples) -> Grid:
    """The grid over the range of points (n, 2) and a margin; `samples` makes inputs of points. Raises DataError."""
    try:
        return grid_over(session, size, window(points), samples)
    except DataError:
        # Some step, such as a logarithm, takes no numbers outside those of the data.
        (left, right), (bottom, top) = np.stack(_extent(points), axis=1).tolist()
        return grid_over(session, size, ((left, right), (bottom, top)), samples)


def grid_over(session: Session, size: int, limits: Limits, samples: Samples) -> Grid:
    """The grid within these limits of x1 and x2. Raises DataError."""
    parts, (x, y) = session.parts, limits
    middle = (np.arange(size) + 0.5) / size
    across, up = np.meshgrid(x[0] + middle * (x[1] - x[0]), y[0] + middle * (y[1] - y[0]))
    inputs = samples(np.column_stack([across.ravel(), up.ravel()]).astype(np.float32))
    values = (0.0, 1.0)
    if not judged(session).classification:
        targets = parts.own(parts.train.y)
        values = float(targets.min()), float(targets.max())
    return Grid(inputs, x, y, values)


def window(points: np.ndarray) -> Limits:
    """Round limits around points (n, 2), with a margin.

    Features of like range get the same width, so that shapes are true; others their own.
    """
    low, high = _extent(points)
    span = high - low
    if span.max() <= ALIKE * span.min():
        span[:] = span.max()
    middle, half = (low + high) / 2, span * (0.5 + MARGIN)
    x, y = (_rounded(float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True))
    return x, y


def _extent(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the largest of points (n, 2), of which some may be missing, float64 (2,); they differ by 1, or by a
    millionth of large numbers, where there is one value only."""
    low = np.nan_to_num(np.fmin.reduce(points, axis=0).astype(float))
    high = np.nan_to_num(np.fmax.reduce(points, axis=0).astype(float))
    size = np.maximum(np.abs(low), np.abs(high))
    return low, np.where(high - low > SAME * size, high, low + np.maximum(1.0, 1e-6 * size))


def _rounded(low: float, high: float) -> tuple[float, float]:
    """The limits moved outwards, and evenly, to a multiple of a twentieth or so of their distance."""
    step = 10.0 ** math.floor(math.log10((high - low) / 5))
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
