"""An axis with few, round ticks and a fixed width, so that nothing beside it moves; or with names."""
from __future__ import annotations

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from gui.plots import numbers

LINE = 26
NAME = 15


class Axis(pg.AxisItem):
    """`write` turns a tick into text (by default with the digits that its step needs); `log` means that the values
    of the view are powers of ten; `names` labels the cells 0.5, 1.5, ... instead."""

    def __init__(self, side: str, *, write: Callable[[float], str] | None = None, whole: bool = False):
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self.setStyle(hideOverlappingLabels=False, tickAlpha=255)
        self.write, self.whole, self.log = write, whole, False
        self.names: Sequence[str] | None = None

    def set_names(self, names: Sequence[str] | None) -> None:
        """Label cells with these names, or values with numbers."""
        if names != self.names:
            self.names = names
            self.redraw()

    def set_log(self, log: bool) -> None:
        """Read the values as powers of ten."""
        self.log = log
        self.redraw()

    def redraw(self) -> None:
        """Make the ticks again."""
        self.picture = None
        self.update()

    def names_width(self, most: float) -> float:
        """How wide the longest name is, but not wider than `most`."""
        metrics = self._metrics()
        return min(most, max((metrics.horizontalAdvance(name) for name in self.names or ()), default=0.0))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((minVal, maxVal))
        if high <= low:
            return []
        if self.names is not None:
            return [self._cells(low, high, size)]
        if self.log:
            return [_decades(low, high, max(2, int(size / LINE)))]
        room = LINE if self.orientation in ("left", "right") else 62
        return [numbers.ticks(low, high, max(2, int(size / room)), whole=self.whole)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.names is not None:
            return [self._elided(self.names[int(value)], spacing) for value in values]
        if self.log:
            return [f"{10**value:g}".replace("-", numbers.MINUS) for value in values]
        if self.write is not None:
            return [self.write(value) for value in values]
        digits = numbers.places(spacing)
        return [numbers.fixed(value, digits) for value in values]

    def _cells(self, low: float, high: float, size: float) -> tuple[float, list[float]]:
        names = self.names or ()
        room = NAME if self.orientation in ("left", "right") else self.names_width(48) + 6
        every = max(1, round(numbers.limit(room * (high - low) / size))) if size > 0 else len(names)
        if every > 1 and not names[-1].isdigit():
            every = 1
        return size * every / (high - low), [i + 0.5 for i in range(0, len(names), every)]

    def _elided(self, name: str, room: float) -> str:
        if self.orientation in ("left", "right"):
            room = self.width() - self.style["tickTextOffset"][0] - (14 if self.label.isVisible() else 0)
        return self._metrics().elidedText(name, Qt.TextElideMode.ElideRight, max(room, 12.0))

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.style["tickFont"] or self.font())


def _decades(low: float, high: float, most: int) -> tuple[float, list[float]]:
    """Whole powers of ten; where fewer than two are in sight, also their 2 and 5 fold."""
    step, powers = numbers.ticks(low, high, most, whole=True)
    if len(powers) >= 2:
        return step, powers
    parts = [power + part for power in range(int(low) - 2, int(high) + 2) for part in (0.0, 0.30103, 0.69897)]
    return 1.0, [value for value in parts if low <= value <= high]
