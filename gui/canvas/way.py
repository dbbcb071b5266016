"""The curve of a wire that is led through points: pure functions."""
from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from core.graph.document import Point
from gui.canvas import geometry

BEND = 0.4
AHEAD = QPointF(1, 0)


def led_path(start: QPointF, via: Sequence[Point], end: QPointF) -> QPainterPath:
    """A smooth curve through all points; it leaves to the right and arrives from the left."""
    path = QPainterPath(start)
    for piece in _pieces(start, via, end):
        path.cubicTo(*piece[1:])
    return path


def place_for(start: QPointF, via: Sequence[Point], end: QPointF, point: QPointF) -> int:
    """Where a new point comes among the others: into the piece of the wire that it is nearest to."""
    if not via:
        return 0
    return min(range(len(via) + 1), key=lambda k: _distance(_pieces(start, via, end)[k], point))


def _pieces(start: QPointF, via: Sequence[Point], end: QPointF) -> list[tuple[QPointF, QPointF, QPointF, QPointF]]:
    corners = [start, *(QPointF(*point) for point in via), end]
    ways = [AHEAD, *(_way(a, b) for a, b in zip(corners, corners[2:], strict=False)), AHEAD]
    pieces = []
    for (a, b), (out, into) in zip(pairwise(corners), pairwise(ways), strict=True):
        reach = BEND * math.hypot(b.x() - a.x(), b.y() - a.y())
        pieces.append((a, a + out * reach, b - into * reach, b))
    return pieces


def _way(before: QPointF, after: QPointF) -> QPointF:
    length = math.hypot(after.x() - before.x(), after.y() - before.y())
    return (after - before) / length if length else AHEAD


def _distance(piece: tuple[QPointF, QPointF, QPointF, QPointF], point: QPointF) -> float:
    path = QPainterPath(piece[0])
    path.cubicTo(*piece[1:])
    return geometry.distance(geometry.flat(path), point)
