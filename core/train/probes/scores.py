"""How good the predictions are, looked at in several ways."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.metrics import (
    ByClass,
    Ranked,
    Reliability,
    Residuals,
    average_precision,
    by_class,
    ranked,
    reliability,
    residuals,
    roc_area,
)
from core.statistics import evenly
from core.train.judging import Judgement, judged
from core.train.probes._base import NotApplicable, Probe
from core.train.sampling import Sizes

if TYPE_CHECKING:
    from core.train.session import Session

Kind = Literal["classes", "labels", "numbers"]
OF_CLASSES = ("table", "roc", "precision_recall", "calibration")
OF_NUMBERS = ("predicted", "residuals", "histogram")
VIEWS: dict[str, tuple[str, ...]] = {"classes": OF_CLASSES, "labels": OF_CLASSES, "numbers": OF_NUMBERS}
HALF = 0.5
# What a chart can show: so many curves, each with so many corners across; so many points.
CURVES, CORNERS, DOTS = 10, 400, 1500


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A line for each class. `accuracy` is the share of samples of which all is right."""

    lines: ByClass
    accuracy: float
    macro: tuple[float, float, float]
    weighted: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One class against the rest: x and y (m,) at thresholds (m,), with the `area` under it, exact.

    Corners that nobody could tell apart in a chart are left out. `half` is the place of the threshold 0.5 in them, -1
    where no sample is that sure or scores are no probabilities. `share` of the samples belongs to the class.
    """

    number: int
    x: np.ndarray
    y: np.ndarray
    thresholds: np.ndarray
    area: float
    half: int
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Curves of some classes: of many those with the smallest areas. `areas` (k,) are those of all, NaN where a class
    has no samples; `mean` that of the areas that there are."""

    curves: tuple[Curve, ...]
    areas: np.ndarray
    mean: float


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """`of` is the class or label whose probability is looked at; -1: the class that is predicted, -2: every label."""

    bins: Reliability
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class Misses:
    """Residuals of one target, and the places (m,) of those that are drawn."""

    found: Residuals
    drawn: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One `view` of `views`, about `count` of the `total` samples of a part, and what it shows.

    `names` are those of the classes, labels or targets; `target` is the one that is looked at, of numbers.
    """

    view: str
    kind: Kind
    names: tuple[str, ...]
    target: int
    part: str
    parts: Sizes
    total: int
    count: int
    shown: Table | Curves | Calibration | Misses | NotApplicable

    @property
    def views(self) -> tuple[str, ...]:
        """The ways in which such predictions can be looked at."""
        return VIEWS[self.kind]


def compute(session: Session, part: str = "", view: str = "", target: int = 0) -> Scores | NotApplicable:
    """Judge a part; a view that does not suit the predictions becomes the first that does."""
    if not session.network.goals[0].predicts:
        return NotApplicable("Scores compare predictions with what is true; this network gives its input back or "
                             "judges whether samples are real. Its loss says how well it does.")
    found = judged(session, part)
    said = found.said
    assert said.kind != "values"
    view = view if view in VIEWS[said.kind] else VIEWS[said.kind][0]
    target = target if said.kind == "numbers" and 0 <= target < len(said.names) else 0
    if np.isfinite(said.values).all():
        shown = LOOKS[view](found, target)
    else:
        shown = NotApplicable("The network gives numbers that are not finite. Reset it, and lower the learning rate.")
    return Scores(view, said.kind, said.names, target, found.part, found.parts, found.total, len(found.truth), shown)


def _belongs(found: Judgement) -> np.ndarray:
    """(n, k) bool: to which class or label a sample belongs."""
    if found.said.kind == "labels":
        return np.asarray(found.truth > HALF)
    return np.asarray(found.truth[:, None] == np.arange(len(found.said.names)))


def _table(found: Judgement, target: int) -> Table:
    belongs = _belongs(found)
    if found.said.best is None:
        taken = found.said.values > HALF
    else:
        taken = found.said.best[:, None] == np.arange(len(found.said.names))
    lines = by_class((belongs & taken).sum(axis=0), taken.sum(axis=0), belongs.sum(axis=0))
    return Table(lines, float((belongs == taken).all(axis=1).mean()), lines.macro(), lines.weighted())


def _roc(found: Judgement, target: int) -> Curves:
    return _curves(found, roc_area, lambda r: (np.append(0.0, r.fall_out), np.append(0.0, r.recall)),
                   lambda r: bool(r.positives and r.negatives))


def _precision_recall(found: Judgement, target: int) -> Curves:
    # At the strictest threshold of all nothing is found, and all of that is right.
    return _curves(found, average_precision, lambda r: (np.append(0.0, r.recall), np.append(1.0, r.precision)),
                   lambda r: bool(r.positives))


def _curves(found: Judgement, area: Callable[[Ranked], float],
            corners: Callable[[Ranked], tuple[np.ndarray, np.ndarray]], drawn: Callable[[Ranked], bool]) -> Curves:
    """The curve of every class; of two classes that of the second."""
    said, belongs = found.said, _belongs(found)
    count = len(said.names)
    numbers = (1,) if said.kind == "classes" and count == 2 else range(count)
    rankings = {number: ranked(belongs[:, number], said.values[:, number]) for number in numbers}
    areas = np.full(count, np.nan)
    for number, ranking in rankings.items():
        areas[number] = area(ranking)
    known = [number for number in numbers if drawn(rankings[number])]
    chosen = sorted(sorted(known, key=lambda number: areas[number])[:CURVES])
    curves = tuple(_curve(number, rankings[number], corners, areas[number], said.probabilities) for number in chosen)
    return Curves(curves, areas, float(areas[known].mean()) if known else float("nan"))


def _curve(number: int, found: Ranked, corners: Callable[[Ranked], tuple[np.ndarray, np.ndarray]], area: float,
           probabilities: bool) -> Curve:
    x, y = corners(found)
    thresholds = np.append(np.inf, found.thresholds)
    half = int(np.searchsorted(-thresholds, -HALF, side="right")) - 1 if probabilities else 0
    keep = _corners(x, y)
    if half > 0:
        keep = np.union1d(keep, half)
    place = int(np.searchsorted(keep, half)) if half > 0 else -1
    share = found.positives / (found.positives + found.negatives)
    return Curve(number, x[keep], y[keep], thresholds[keep], float(area), place, share)


def _corners(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The places at which a chart can show a difference, and the two ends."""
    spot = np.rint(np.stack([x, y]) * CORNERS)
    moved = (np.diff(spot) != 0).any(axis=0)
    # Both ends of a step, so that it keeps its edge.
    keep = np.append(True, moved) | np.append(moved, True)
    return np.flatnonzero(keep)


def _calibration(found: Judgement, target: int) -> Calibration | NotApplicable:
    said = found.said
    if not said.probabilities:
        return NotApplicable("Calibration needs probabilities. End the network with Softmax or Sigmoid.")
    if said.best is None:
        return Calibration(reliability(said.values.ravel(), _belongs(found).ravel()), -2)
    if len(said.names) == 2:
        return Calibration(reliability(said.values[:, 1], found.truth == 1), 1)
    sure = np.take_along_axis(said.values, said.best[:, None], axis=1)[:, 0]
    return Calibration(reliability(sure, found.truth == said.best), -1)


def _misses(found: Judgement, target: int) -> Misses:
    truth = found.truth.reshape(len(found.truth), -1)
    return Misses(residuals(truth[:, target], found.said.values[:, target]), evenly(len(truth), DOTS))


LOOKS: dict[str, Callable[[Judgement, int], Table | Curves | Calibration | Misses | NotApplicable]] = {
    "table": _table, "roc": _roc, "precision_recall": _precision_recall, "calibration": _calibration,
    "predicted": _misses, "residuals": _misses, "histogram": _misses,
}

PROBE = Probe("scores", compute)
