"""What the network says everywhere in the plane, for data of two features."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.datasets import DataSpec
from core.errors import DataError
from core.metrics import predicted
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._plane import judged, no_plane

if TYPE_CHECKING:
    from core.train.session import Session

Kind = Literal["probability", "classes", "value"]
Area = tuple[float, float, float, float]
Limits = tuple[tuple[float, float], tuple[float, float]]

MARGIN = 0.1
ALIKE = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Boundary:
    """A map of predictions over x1 (columns, from left to right) and x2 (rows, from the bottom up).

    `values` (size, size) float32 is, by `kind`: "probability", how sure the network is of the second of two
    classes; "classes", how sure it is of the class in `winners` (size, size) intp; "value", the prediction.
    `limits` is the range of the values, for predictions that of the training targets. x and y are the edges
    of the map in the data's own units.
    """

    kind: Kind
    values: np.ndarray
    x: tuple[float, float]
    y: tuple[float, float]
    limits: tuple[float, float]
    features: tuple[str, str]
    classes: tuple[str, ...] = ()
    winners: np.ndarray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    inputs: np.ndarray
    x: tuple[float, float]
    y: tuple[float, float]
    limits: tuple[float, float]


def compute(session: Session, size: int = 100, area: Area | None = None) -> Boundary | NotApplicable:
    """Predictions at the centres of size x size equal cells over the range of the data and a margin, or over `area`:
    least and largest x1, least and largest x2."""
    if (reason := no_plane(session)) is not None:
        return reason
    try:
        grid = _known_grid(session, size) if area is None else _grid(session, size, (area[:2], area[2:]))
    except DataError as error:
        return NotApplicable(error.problem.text)
    spec = judged(session)
    first, second = session.parts.axes
    output = session.network.predict(grid.inputs).reshape(size * size, -1)
    kind, values, winners = _read(output if spec.classification else session.parts.own(output), spec)
    winners = None if winners is None else winners.reshape(size, size)
    return Boundary(kind, values.reshape(size, size), grid.x, grid.y, grid.limits, (first, second),
                    spec.classes, winners)


def _read(output: np.ndarray, spec: DataSpec) -> tuple[Kind, np.ndarray, np.ndarray | None]:
    if not spec.classification:
        return "value", output[:, 0].astype(np.float32), None
    if len(spec.classes) == 2:
        return "probability", probability(output), None
    winners = predicted(output)
    sure = output[np.arange(len(output)), winners]
    return "classes", np.clip(sure, 0.0, 1.0).astype(np.float32), winners


def probability(output: np.ndarray) -> np.ndarray:
    """How sure a network with two classes is of the second: (n,) float32 from 0 to 1, a half at the border.

    output (n, 1) is that number already; of (n, 2), one number per class, it is the lead of the second,
    which for a softmax is its probability.
    """
    sure: np.ndarray = output[:, 0] if output.shape[1] == 1 else 0.5 + 0.5 * (output[:, 1] - output[:, 0])
    return np.asarray(np.clip(sure, 0.0, 1.0), np.float32)


def _known_grid(session: Session, size: int) -> _Grid:
    key = ("boundary", size)
    if key not in session.cache:
        session.cache[key] = _first_grid(session, size, session.parts.plane())
    grid: _Grid = session.cache[key]
    return grid


def _first_grid(session: Session, size: int, points: np.ndarray) -> _Grid:
    try:
        return _grid(session, size, window(points))
    except DataError:
        # Some step, such as a logarithm, takes no numbers outside those of the data.
        (left, right), (bottom, top) = np.stack(_extent(points), axis=1).tolist()
        return _grid(session, size, ((left, right), (bottom, top)))


def _grid(session: Session, size: int, limits: Limits) -> _Grid:
    parts, (x, y) = session.parts, limits
    middle = (np.arange(size) + 0.5) / size
    across, up = np.meshgrid(x[0] + middle * (x[1] - x[0]), y[0] + middle * (y[1] - y[0]))
    inputs = parts.from_plane(np.column_stack([across.ravel(), up.ravel()]))
    values = (0.0, 1.0)
    if not judged(session).classification:
        targets = parts.own(parts.train.y)
        values = float(targets.min()), float(targets.max())
    return _Grid(inputs, x, y, values)


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
    """The least and the largest of points (n, 2), of which some may be missing, float64 (2,); they differ by 1 where
    there is one value only."""
    low = np.nan_to_num(np.fmin.reduce(points, axis=0).astype(float))
    high = np.nan_to_num(np.fmax.reduce(points, axis=0).astype(float))
    return low, np.where(high > low, high, low + 1.0)


def _rounded(low: float, high: float) -> tuple[float, float]:
    """The limits moved outwards, and evenly, to a multiple of a twentieth or so of their distance."""
    step = 10.0 ** math.floor(math.log10((high - low) / 5))
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


PROBE = Probe("boundary", compute)
