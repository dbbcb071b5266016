"""Where things stand on the canvas: pure functions. Lengths are canvas units, which are pixels at 100 %."""
from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from core.graph.layout import Rect

GRID = 8
WIDTH = 168.0
HEIGHT = 56.0
GAP = 56.0
CLEARANCE = 16.0
PORT_PITCH = 20.0
PORT_RADIUS = 6.0
PORT_HIT = 10.0
WIRE_HIT = 6.0
REACH = 28.0
LOOP = 36.0
ROW = 80.0
DETOUR = 48.0
MIN_ZOOM = 0.1
MAX_ZOOM = 4.0

K = TypeVar("K")


def card_height(inputs: int) -> float:
    """Height of a card with so many input ports. It grows by 16, so that the middles of all cards share a grid."""
    wanted = CLEARANCE + PORT_PITCH * inputs
    return HEIGHT + 16 * max(0, math.ceil((wanted - HEIGHT) / 16))


def input_point(index: int, inputs: int) -> QPointF:
    """Middle of an input port, from the card's top left corner: on the left edge, spread around its middle."""
    middle = card_height(inputs) / 2
    return QPointF(0.0, middle + (index - (inputs - 1) / 2) * PORT_PITCH)


def output_point(inputs: int) -> QPointF:
    """Middle of the output port of a card with so many inputs, from its top left corner."""
    return QPointF(WIDTH, card_height(inputs) / 2)


def card_rect(x: float, y: float, inputs: int = 1) -> QRectF:
    """The card that stands at (x, y)."""
    return QRectF(x, y, WIDTH, card_height(inputs))


def plain(area: QRectF) -> Rect:
    """A rectangle as core knows it."""
    return Rect(area.x(), area.y(), area.width(), area.height())


def snap(value: float, step: int = GRID) -> float:
    """The nearest multiple of `step`; a half goes up."""
    return math.floor(value / step + 0.5) * step


def centred(point: QPointF, inputs: int) -> tuple[float, float]:
    """Top left corner, on the grid, of a card with its middle near `point`."""
    return snap(point.x() - WIDTH / 2), snap(point.y() - card_height(inputs) / 2)


def free_place(x: float, y: float, inputs: int, taken: Iterable[QRectF]) -> tuple[float, float]:
    """The first place at or below (x, y), on the grid, where a card stands clear of those in `taken`."""
    cards = list(taken)
    left, top = snap(x), snap(y)
    while True:
        room = card_rect(left, top, inputs).adjusted(-CLEARANCE + 1, -CLEARANCE + 1, CLEARANCE - 1, CLEARANCE - 1)
        below = [card.bottom() for card in cards if card.intersects(room)]
        if not below:
            return left, top
        top = math.ceil((max(below) + CLEARANCE) / GRID) * GRID


def wire_path(start: QPointF, end: QPointF, sag: float = 0.0) -> QPainterPath:
    """The curve of a wire: it leaves an output to the right and arrives at an input from the left.

    Where it has to go back, it runs between the two rows, or below both if they are too close for that. `sag` is by how
    much the cards of the upper row have grown downwards.
    """
    path = QPainterPath(start)
    dx, dy = end.x() - start.x(), end.y() - start.y()
    if dx >= 0:
        handle = max(dx / 2, min(48.0, math.hypot(dx, dy) / 2))
        path.cubicTo(start.x() + handle, start.y(), end.x() - handle, end.y(), end.x(), end.y())
        return path
    turn = min(LOOP, LOOP / 2 - dx / 4)
    between = abs(dy) >= ROW + sag
    level = (start.y() + end.y() + sag) / 2 if between else max(start.y(), end.y()) + DETOUR + sag
    path.cubicTo(start.x() + turn, start.y(), start.x() + turn, level, start.x(), level)
    path.lineTo(end.x(), level)
    path.cubicTo(end.x() - turn, level, end.x() - turn, end.y(), end.x(), end.y())
    return path


def flat(path: QPainterPath) -> list[tuple[float, float]]:
    """The corners of the straight pieces that stand for a wire, for measuring."""
    return [(point.x(), point.y()) for line in path.toSubpathPolygons() for point in line.toList()]


def distance(line: list[tuple[float, float]], point: QPointF) -> float:
    """How far `point` is from a line of straight pieces; infinite if the line has none."""
    place = point.x(), point.y()
    return min((_segment_distance(a, b, place) for a, b in pairwise(line)), default=math.inf)


def nearest(point: QPointF, places: Iterable[tuple[K, QPointF]], reach: float) -> K | None:
    """The key of the place nearest to `point`, or None if none is within `reach`."""
    best, found = reach, None
    for key, place in places:
        distance = math.hypot(place.x() - point.x(), place.y() - point.y())
        if distance <= best:
            best, found = distance, key
    return found


def clamp_zoom(zoom: float) -> float:
    """A zoom that is allowed: 10 to 400 %."""
    return max(MIN_ZOOM, min(MAX_ZOOM, zoom))


def zoom_step(zoom: float, factor: float) -> float:
    """The zoom after one step. A step that would pass 100 % ends there."""
    wanted = zoom * factor
    passes = min(zoom, wanted) < 1 < max(zoom, wanted) and not math.isclose(zoom, 1, rel_tol=1e-6)
    return 1.0 if passes or math.isclose(wanted, 1, rel_tol=1e-6) else wanted


def dot_pitch(zoom: float) -> int:
    """Canvas units between the dots of the background: a power of two times the grid, 12 px or more on screen."""
    pitch = 2 * GRID
    while pitch * zoom < 12:
        pitch *= 2
    return pitch


def _segment_distance(a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
