"""Edits of drawn points: pure functions from one set of points to the next. What changes nothing gives the same set."""
from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable

from core.datasets import Dataset, Recipe, deferred, inputs, outline, prepare
from core.errors import CoreError, DataError, Problem
from core.graph import edits
from core.graph.document import Document
from core.graph.settings import DataSettings
from core.params import FARTHEST, MOST_CLASSES, MOST_POINTS, Kind, PointSet, Spot, on_grid

Place = tuple[float, float]
# What is smaller would be rounded away, and is enlarged when it is taken over.
SMALL = 0.05
HALF = 5.0
KIND = "drawn"


def points_of(doc: Document) -> PointSet | None:
    """The points that the data of a document are drawn of, or None if they come from elsewhere."""
    source = doc.data.get("source")
    if not isinstance(source, Kind) or source.kind != KIND:
        return None
    found = source.params.get("points")
    return found if isinstance(found, PointSet) else PointSet()


def with_points(doc: Document, drawn: PointSet) -> Document:
    """With these points as the data. Of data from elsewhere, what names their columns goes."""
    values: dict[str, object] = {"source": Kind(KIND, {"points": drawn})}
    if points_of(doc) is None:
        steps = DataSettings.known(doc.data).steps
        values |= {"roles": (), "steps": tuple(s for s in steps if not s.params.get("columns"))}
    return edits.set_data(doc, values)


def may_be_drawn(doc: Document) -> bool:
    """True if the data of a document look as if they could be taken over as drawn points, without reading them."""
    try:
        settings = DataSettings.known(doc.data)
        with deferred():
            given = inputs(settings.dataset, settings.recipe)
            if len(given) > 2:
                return False
            spec = outline(settings.dataset, settings.recipe)
    except CoreError:
        return False
    planar = sum(one.width for one in given) == 2 and all(one.kind == "number" and not one.tokens for one in given)
    return planar and spec.classification and len(spec.classes) <= MOST_CLASSES


def add(drawn: PointSet, spots: Iterable[Spot]) -> PointSet:
    """With more points, moved into bounds. Raises DataError if there is no room for all of them."""
    more = tuple((on_grid(x), on_grid(y), label) for x, y, label in spots)
    if len(drawn) + len(more) > MOST_POINTS:
        raise DataError(Problem("drawn.full", f"Drawn: there is room for {MOST_POINTS:,} points.",
                                hint="Erase some, or use a wider brush."))
    return PointSet(drawn.points + more) if more else drawn


def brush(drawn: PointSet, start: Place, end: Place, radius: float, gap: float, label: int) -> PointSet:
    """An even layer of points of a class along a line: wherever none is nearer than about `gap`.

    Its places are those of a grid of triangles, each moved a little by chance that depends on nothing but the place:
    painting twice over the same area does not make it denser. Raises DataError.
    """
    found = list(_sites(start, end, radius, gap))
    taken = {_cell(x, y, gap) for x, y, _ in drawn}
    fresh = []
    for x, y in found:
        cell = _cell(x, y, gap)
        if cell not in taken:
            taken.add(cell)
            fresh.append((x, y, label))
    return add(drawn, fresh)


def spray(drawn: PointSet, centre: Place, radius: float, count: int, label: int, seed: int) -> PointSet:
    """With `count` points of a class anywhere in a disc. The same seed gives the same points. Raises DataError."""
    rng = random.Random(seed)
    return add(drawn, [(*_in_disc(rng, centre, radius), label) for _ in range(count)])


def erase(drawn: PointSet, start: Place, end: Place, radius: float) -> PointSet:
    """Without the points that lie no farther than `radius` from a line."""
    near = _nearness(start, end, radius)
    left = tuple(spot for spot in drawn if not near(spot[0], spot[1]))
    return drawn if len(left) == len(drawn) else PointSet(left)


def recolour(drawn: PointSet, start: Place, end: Place, radius: float, label: int) -> PointSet:
    """The points no farther than `radius` from a line become members of a class."""
    near = _nearness(start, end, radius)
    made = tuple((x, y, label) if old != label and near(x, y) else (x, y, old) for x, y, old in drawn)
    return drawn if made == drawn.points else PointSet(made)


def nearest(drawn: PointSet, place: Place, within: float) -> int | None:
    """The number of the point nearest to a place, the newest of equals, or None if it is farther than `within`."""
    best, found = within, None
    for number, (x, y, _) in enumerate(drawn):
        distance = math.hypot(x - place[0], y - place[1])
        if distance <= best:
            best, found = distance, number
    return found


def move(drawn: PointSet, number: int, place: Place) -> PointSet:
    """With one point at another place, or in bounds as near to it as can be."""
    spot = (on_grid(place[0]), on_grid(place[1]), drawn.points[number][2])
    if spot == drawn.points[number]:
        return drawn
    return PointSet((*drawn.points[:number], spot, *drawn.points[number + 1 :]))


def fit(drawn: PointSet, half: float = HALF) -> PointSet:
    """Moved and scaled, true to shape, so that the longer side reaches from -half to half around 0."""
    if not len(drawn):
        return drawn
    (left, right), (low, high) = bounds(drawn.points)
    span = max(right - left, high - low)
    scale = 2 * half / span if span else 1.0
    x0, y0 = (left + right) / 2, (low + high) / 2
    made = tuple((on_grid((x - x0) * scale), on_grid((y - y0) * scale), label) for x, y, label in drawn)
    return drawn if made == drawn.points else PointSet(made)


def bounds(spots: Iterable[Spot]) -> tuple[Place, Place]:
    """Least and largest x and y of points, of which there is one at least."""
    xs, ys, _ = zip(*spots, strict=True)
    return (min(xs), max(xs)), (min(ys), max(ys))


def taken_over(dataset: Dataset, recipe: Recipe) -> PointSet:
    """The samples of data with two inputs as drawn points: before any preprocessing, and an even choice where there
    are too many. What is too large or too small to be drawn is scaled, and what lacks a number is left out. Slow.

    Raises DataError.
    """
    title, spec = dataset.title, outline(dataset, recipe)
    if not spec.classification or len(spec.classes) > MOST_CLASSES:
        what = f"{len(spec.classes)} classes" if spec.classification else "no classes"
        raise DataError(Problem("drawn.classes", f"{title} has {what}, and a drawing has up to {MOST_CLASSES}.",
                                hint="Choose other data to draw on top of."))
    parts = prepare(dataset, recipe)
    if not parts.planar:
        raise DataError(Problem("drawn.plane", f"{title} cannot be drawn: its samples are not two numbers.",
                                hint="Choose data such as XOR, Moons or Spiral, or begin with an empty pad."))
    labels = [int(label) for part in (parts.train, parts.validation, parts.test) for label in part.y]
    rows = [(float(x), float(y), label) for (x, y), label in zip(parts.plane().tolist(), labels, strict=True)
            if math.isfinite(x) and math.isfinite(y)]
    if not rows:
        raise DataError(Problem("drawn.missing", f"{title} cannot be drawn: of every sample a number is missing.",
                                hint="Choose other data to draw on top of."))
    if len(rows) > MOST_POINTS:
        rows = [rows[i * len(rows) // MOST_POINTS] for i in range(MOST_POINTS)]
    return _drawable(rows)


def _drawable(rows: list[Spot]) -> PointSet:
    (left, right), (low, high) = bounds(rows)
    span, far = max(right - left, high - low), max(map(abs, (left, right, low, high)))
    if far <= FARTHEST and (span >= SMALL or not span):
        return add(PointSet(), rows)
    middle, scale = ((left + right) / 2, (low + high) / 2), 2 * HALF / span if span else 1.0
    return add(PointSet(), (((x - middle[0]) * scale, (y - middle[1]) * scale, label) for x, y, label in rows))


def _nearness(start: Place, end: Place, radius: float) -> Callable[[float, float], bool]:
    """Tells whether a place is no farther than `radius` from the line between two places."""
    (x0, y0), (x1, y1) = start, end
    dx, dy, most = x1 - x0, y1 - y0, radius * radius
    length = dx * dx + dy * dy

    def near(x: float, y: float) -> bool:
        along = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
        across, up = x - x0 - along * dx, y - y0 - along * dy
        return across * across + up * up <= most

    return near


def _sites(start: Place, end: Place, radius: float, gap: float) -> Iterable[Place]:
    """The places of the grid that the brush covers; the middle of a short touch if it covers none."""
    near = _nearness(start, end, radius)
    left, right = sorted((start[0], end[0]))
    low, high = sorted((start[1], end[1]))
    rise, found = gap * math.sqrt(3) / 2, False
    for row in range(math.floor((low - radius) / rise), math.ceil((high + radius) / rise) + 1):
        shift = 0.5 * (row % 2)
        for column in range(math.floor((left - radius) / gap), math.ceil((right + radius) / gap) + 1):
            rng = random.Random(row * 1_000_003 + column)
            x = (column + shift + rng.uniform(-0.3, 0.3)) * gap
            y = row * rise + rng.uniform(-0.3, 0.3) * gap
            if near(x, y):
                found = True
                yield x, y
    if not found:
        yield end


def _cell(x: float, y: float, gap: float) -> tuple[int, int]:
    """Which triangle of the grid a place belongs to: those that `_sites` gives have one each."""
    row = math.floor(y / (gap * math.sqrt(3) / 2) + 0.5)
    return row, math.floor(x / gap - 0.5 * (row % 2) + 0.5)


def _in_disc(rng: random.Random, centre: Place, radius: float) -> Place:
    away, angle = radius * math.sqrt(rng.random()), rng.uniform(0.0, 2 * math.pi)
    return centre[0] + away * math.cos(angle), centre[1] + away * math.sin(angle)
