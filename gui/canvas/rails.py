"""Where the lines between two columns of neurons run. Pure functions; lengths are canvas units in the scene.

All curves of a pair of columns cross it alike, so that the nearest of thousands is found without measuring each.
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath


@dataclass(frozen=True, slots=True)
class Rails:
    """Lines from heights `starts` at `left` to heights `ends` at `right`. `pairs` holds for each line the places of
    the neurons that it joins."""

    left: float
    starts: tuple[float, ...]
    right: float
    ends: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]

    @classmethod
    def all(cls, left: float, starts: tuple[float, ...], right: float, ends: tuple[float, ...]) -> Rails:
        """Every start joined to every end, in rows."""
        return cls(left, starts, right, ends, tuple(product(range(len(starts)), range(len(ends)))))

    def bounds(self, margin: float) -> QRectF:
        """The rectangle around all of them."""
        heights = (*self.starts, *self.ends)
        left, right = sorted((self.left, self.right))
        box = QRectF(QPointF(left, min(heights)), QPointF(right, max(heights)))
        return box.adjusted(-margin, -margin, margin, margin)

    def path(self, line: int) -> QPainterPath:
        """One of them as a curve that leaves and arrives level."""
        start, end = self._ends(line)
        middle = (self.left + self.right) / 2
        path = QPainterPath(start)
        path.cubicTo(middle, start.y(), middle, end.y(), end.x(), end.y())
        return path

    def chord(self, line: int) -> QLineF:
        """The straight line between its ends."""
        return QLineF(*self._ends(line))

    def nearest(self, point: QPointF, reach: float) -> int | None:
        """The line nearest to `point`, or None if none is within `reach`."""
        run = self.right - self.left
        if not run or not 0 <= (along := (point.x() - self.left) / run) <= 1:
            return None
        t = _when(along)
        risen, climb = t * t * (3 - 2 * t), 6 * t * (1 - t) / (run * _speed(t))
        best, found, y = reach, None, point.y()
        starts, ends = self.starts, self.ends
        for line, (i, j) in enumerate(self.pairs):
            rise = ends[j] - starts[i]
            away = abs(y - starts[i] - rise * risen)
            # Across the line, not straight up: where it climbs it is nearer than it is high above.
            if away <= best * 8 and (across := away / math.hypot(1.0, rise * climb)) <= best:
                best, found = across, line
        return found

    def _ends(self, line: int) -> tuple[QPointF, QPointF]:
        i, j = self.pairs[line]
        return QPointF(self.left, self.starts[i]), QPointF(self.right, self.ends[j])


def _when(along: float) -> float:
    """The parameter at which a curve has gone this share of its way across: 1.5 t - 1.5 t^2 + t^3 = along."""
    low, high = 0.0, 1.0
    for _ in range(24):
        t = (low + high) / 2
        low, high = (t, high) if t * (1.5 + t * (t - 1.5)) < along else (low, t)
    return (low + high) / 2


def _speed(t: float) -> float:
    """The slope of the share of the way across."""
    return 1.5 + 3 * t * (t - 1)
