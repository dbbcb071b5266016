"""Where the parts of a thumbnail stand: pure functions."""
from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from core.train.probes._thumbnail import Thumbnail

WIDE, NARROW, HAIR = 4.0, 2.0, 1.0
# Cells of a strip are no larger than that share of what it is drawn in.
LARGEST = 0.5
FOOT = 13.0


def boxes(found: Thumbnail, area: QRectF) -> list[QRectF]:
    """A box for every neuron, map, head, cell or bar, in order; for what is one picture, that of the picture."""
    values = found.values
    if found.look == "bars":
        return _bars(len(values), area)
    if found.look == "strip":
        return [box.translated(area.topLeft()) for box in _cells(len(values), area.width(), area.height())]
    if found.look == "points":
        return [_middle(area, 1.0)]
    if found.look == "picture":
        return [_middle(area, values.shape[1] / values.shape[0])]
    if found.look == "states":
        return [area]
    aspect = values.shape[2] / values.shape[1]
    return [box.translated(area.topLeft()) for box in _grid(len(values), aspect, area.width(), area.height())]


def part_box(found: Thumbnail, area: QRectF, place: int) -> QRectF:
    """Where one neuron, map, head, cell or bar is: of states over time its row."""
    if found.look == "states":
        height = area.height() / len(found.values)
        return QRectF(area.left(), area.top() + place * height, area.width(), height)
    return boxes(found, area)[place]


def part_at(found: Thumbnail, area: QRectF, point: QPointF) -> int | None:
    """Which part is at a point."""
    if found.look == "states":
        row = math.floor((point.y() - area.top()) / area.height() * len(found.values))
        return row if area.contains(point) and row < len(found.values) else None
    if found.look == "strip":
        return _cell_at(cells(len(found.values), area.width(), area.height()), len(found.values),
                        point - area.topLeft())
    return next((place for place, box in enumerate(boxes(found, area)) if box.contains(point)), None)


def _cell_at(strip: Cells, count: int, point: QPointF) -> int | None:
    """The same without a look at every cell: there may be thousands."""
    pitch = strip.side + strip.gap
    across, down = (point.x() - strip.left) / pitch, (point.y() - strip.top) / pitch
    column, row = math.floor(across), math.floor(down)
    inside = max(across - column, down - row) * pitch <= strip.side
    number = row * strip.columns + column
    return number if inside and 0 <= column < strip.columns and row >= 0 and number < count else None


@lru_cache(maxsize=512)
def _grid(count: int, aspect: float, width: float, height: float) -> tuple[QRectF, ...]:
    """As large as so many boxes of one shape can be, in rows, around the middle."""
    best = (0.0, 1, 1, 0.0)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        for gap, least in ((WIDE, 20.0), (NARROW, 8.0), (HAIR, 0.0)):
            side = min((height - gap * (rows - 1)) / rows, (width - gap * (columns - 1)) / columns / aspect)
            if side >= least:
                best = max(best, (side, columns, rows, gap))
                break
    side, columns, rows, gap = best
    across, down = side * aspect, side
    left = (width - columns * across - (columns - 1) * gap) / 2
    top = (height - rows * down - (rows - 1) * gap) / 2
    return tuple(QRectF(left + k % columns * (across + gap), top + k // columns * (down + gap), across, down)
                 for k in range(count))


class Cells(NamedTuple):
    """How the square cells of a strip stand in its area: rows that are read like lines of text, full but the last."""

    columns: int
    rows: int
    side: float
    gap: float
    left: float
    top: float


@lru_cache(maxsize=512)
def cells(count: int, width: float, height: float) -> Cells:
    """As large as so many cells can be, around the middle."""
    largest = LARGEST * height
    columns = max(1, round((count * width / height) ** 0.5)) if count > 8 else count
    rows = -(-count // columns)
    columns = -(-count // rows)
    gap = NARROW if columns <= 24 else HAIR
    side = min(largest, (width + gap) / columns - gap, (height + gap) / rows - gap)
    left = (width - columns * side - (columns - 1) * gap) / 2
    top = (height - rows * side - (rows - 1) * gap) / 2
    return Cells(columns, rows, side, gap, left, top)


@lru_cache(maxsize=512)
def _cells(count: int, width: float, height: float) -> tuple[QRectF, ...]:
    columns, _, side, gap, left, top = cells(count, width, height)
    return tuple(QRectF(left + k % columns * (side + gap), top + k // columns * (side + gap), side, side)
                 for k in range(count))


def _bars(count: int, area: QRectF) -> list[QRectF]:
    """The room of every bar, above the names of the classes, which share the whole width."""
    pitch = area.width() / count
    width = min(pitch - min(4.0, 0.25 * pitch), 0.5 * area.height())
    return [QRectF(area.left() + (k + 0.5) * pitch - width / 2, area.top(), width, area.height() - FOOT)
            for k in range(count)]


def _middle(area: QRectF, aspect: float) -> QRectF:
    """The largest box of that shape, in the middle of an area."""
    height = min(area.height(), area.width() / aspect)
    width = height * aspect
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)
