"""What the network says everywhere in the plane, for data of two features."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.datasets import DataSpec
from core.errors import DataError
from core.metrics import predicted
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._grid import Area, grid_over, known_grid
from core.train.probes._plane import judged, no_plane

if TYPE_CHECKING:
    from core.train.session import Session

Kind = Literal["probability", "classes", "value"]


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


def compute(session: Session, size: int = 100, area: Area | None = None) -> Boundary | NotApplicable:
    """Predictions at the centres of size x size equal cells over the range of the data and a margin, or over `area`:
    least and largest x1, least and largest x2."""
    if (reason := no_plane(session)) is not None:
        return reason
    try:
        grid = known_grid(session, size) if area is None else grid_over(session, size, (area[:2], area[2:]))
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


PROBE = Probe("boundary", compute)
