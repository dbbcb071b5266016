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


def level_middle(via: Sequence[Point]) -> QPointF | None:
    """The middle of the longest level piece: wires that share it carry their labels at the same place."""
    level = [(abs(b[0] - a[0]), (a[0] + b[0]) / 2, a[1]) for a, b in pairwise(via) if a[1] == b[1]]
    return QPointF(*max(level)[1:]) if level else None


def _pieces(start: QPointF, via: Sequence[Point], end: QPointF) -> list[tuple[QPointF, QPointF, QPointF, QPointF]]:
    corners = [start, *(QPointF(*point) for point in via), end]
    ways = [AHEAD, *(_way(*three) for three in zip(corners, corners[1:], corners[2:], strict=False)), AHEAD]
    pieces = []
    for (a, b), (out, into) in zip(pairwise(corners), pairwise(ways), strict=True):
        reach = BEND * _length(b - a)
        pieces.append((a, a + out * reach, b - into * reach, b))
    return pieces


def _way(before: QPointF, at: QPointF, after: QPointF) -> QPointF:
    """Which way the curve goes through `at`: between both directions, closer to that of the shorter piece, which
    would bend sharply otherwise. A piece that runs exactly across or down is straight."""
    come, go = at - before, after - at
    first, second = _length(come), _length(go)
    if not first or not second:
        return AHEAD if not first + second else (come + go) / (first + second)
    for piece in (go, come):
        if not piece.x() or not piece.y():
            return piece / _length(piece)
    mixed = come / first * second + go / second * first
    return mixed / _length(mixed) if _length(mixed) > 1e-6 else AHEAD


def _length(vector: QPointF) -> float:
    return math.hypot(vector.x(), vector.y())


def _distance(piece: tuple[QPointF, QPointF, QPointF, QPointF], point: QPointF) -> float:
    path = QPainterPath(piece[0])
    path.cubicTo(*piece[1:])
    return geometry.distance(geometry.flat(path), point)
