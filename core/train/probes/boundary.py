"""What the network says everywhere in the plane of two features."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.datasets import DataSpec
from core.errors import DataError
from core.metrics import predicted
from core.train import contours, slices
from core.train.cached import newest
from core.train.contours import Contour
from core.train.effort import affordable
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._grid import Area, Grid, first_grid, grid_over, known_grid
from core.train.probes._plane import judged, no_slice
from core.train.references import SampleRef

if TYPE_CHECKING:
    from core.train.session import Session

Kind = Literal["probability", "classes", "value", "chance"]


@dataclass(frozen=True, slots=True, eq=False)
class Boundary:
    """A map of predictions over x1 (columns, from left to right) and x2 (rows, from the bottom up).

    `values` (size, size) float32 is, by `kind`: "probability", how sure the network is of the second of two
    classes; "classes", how sure it is of the class in `winners` (size, size) intp; "chance", how sure it is of the
    class number `label`; "value", the prediction.
    `limits` is the range of the values, for predictions that of the training targets. x and y are the edges
    of the map in the data's own units.

    `features` are the two columns that vary. Where the data have more, `columns` names all that could, and `held`
    tells what the others hold. `lines` are the contour lines that were asked for.
    """

    kind: Kind
    values: np.ndarray
    x: tuple[float, float]
    y: tuple[float, float]
    limits: tuple[float, float]
    features: tuple[str, str]
    classes: tuple[str, ...] = ()
    winners: np.ndarray | None = None
    label: int = 0
    columns: tuple[str, ...] = ()
    lines: tuple[Contour, ...] = ()


def compute(session: Session, size: int = 100, area: Area | None = None, x: str = "", y: str = "",
            sample: SampleRef | None = None, label: int | None = None,
            lines: bool | None = None) -> Boundary | NotApplicable:
    """Predictions at the centres of size x size equal cells over the range of the data and a margin, or over `area`:
    least and largest x1, least and largest x2.

    Of data with more than two columns, x and y name those that vary; the others are held at `sample`, or at the middle
    of the training part. Of very wide data there are fewer cells. `label` asks for the probability of one class.
    Numbers to predict come with contour `lines` unless these are not wanted, probabilities only if they are.
    """
    if (reason := no_slice(session)) is not None:
        return reason
    try:
        grid, features = _grid(session, size, area, x, y, sample)
    except DataError as error:
        return NotApplicable(error.problem.text)
    spec = judged(session)
    output = session.network.predict(grid.inputs)
    output = output.reshape(len(output), -1)
    kind, values, winners = _read(output if spec.classification else session.parts.own(output), spec, label)
    size = math.isqrt(len(values))
    values = values.reshape(size, size)
    winners = None if winners is None else winners.reshape(size, size)
    columns = () if session.parts.planar else tuple(f.name for f in slices.features(session.parts.chain.inputs))
    wanted = kind == "value" if lines is None else lines
    drawn = contours.lines(values, grid.x, grid.y, _levels(kind, grid.limits)) if wanted else ()
    return Boundary(kind, values, grid.x, grid.y, grid.limits, features, spec.classes, winners, label or 0, columns,
                    drawn)


def _grid(session: Session, size: int, area: Area | None, x: str, y: str,
          sample: SampleRef | None) -> tuple[Grid, tuple[str, str]]:
    """The samples to ask for, and the names of the columns that vary. Raises DataError."""
    parts = session.parts
    if parts.planar:
        if area is None:
            return known_grid(session, size), parts.axes
        return grid_over(session, size, (area[:2], area[2:]), parts.from_plane), parts.axes
    room = slices.ROOM // max(1, math.prod(parts.train.x.shape[1:]))
    size = min(size, math.isqrt(min(room, affordable(session))))
    # Only the newest is kept: the samples of a slice are many numbers.
    return newest(session, "slice", (size, area, x, y, sample), lambda: _cut(session, size, area, x, y, sample))


def _cut(session: Session, size: int, area: Area | None, x: str, y: str,
         sample: SampleRef | None) -> tuple[Grid, tuple[str, str]]:
    cut = slices.slice_of(session, x, y, sample)
    if area is None:
        return first_grid(session, size, cut.points(), cut.samples), cut.names
    return grid_over(session, size, (area[:2], area[2:]), cut.samples), cut.names


def _levels(kind: Kind, limits: tuple[float, float]) -> Sequence[float]:
    """Where contour lines are drawn: round numbers, or the border between yes and no."""
    if kind == "value":
        return contours.levels(*limits)
    return () if kind == "classes" else (0.5,)


def _read(output: np.ndarray, spec: DataSpec, label: int | None) -> tuple[Kind, np.ndarray, np.ndarray | None]:
    if not spec.classification:
        return "value", output[:, 0].astype(np.float32), None
    if len(spec.classes) == 2:
        return "probability", probability(output), None
    if label is not None:
        sure = output[:, min(label, output.shape[1] - 1)]
        return "chance", np.clip(sure, 0.0, 1.0).astype(np.float32), None
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


def discrete(found: Boundary) -> np.ndarray:
    """The values of a map without shades: probabilities 0 or 1, a half or less being 0; 1 for the most likely class;
    of numbers to predict the middle of the band between two contour lines."""
    if found.kind == "value":
        return contours.banded(found.values, found.limits, _levels("value", found.limits))
    if found.kind == "classes":
        return np.where(np.isnan(found.values), found.values, np.float32(1.0))
    return np.where(np.isnan(found.values), found.values, (found.values > 0.5).astype(np.float32))


PROBE = Probe("boundary", compute)
