"""An axis with few, round ticks and a fixed width, so that nothing beside it moves; or with names."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots import numbers

LINE = 34.0
ROW = 12.0
COLUMN = 54.0
MOST = 6
WIDTH, HEIGHT, TITLE = 34.0, 18.0, 14.0
# How far numbers stand off their axis and its end, and in which steps it takes more room for them.
OFF, GRAIN = 8.0, 8.0
Cell = tuple[float, str]
Text = tuple[QRectF, Any, str]
# The line, the ticks and the texts of an axis, as pyqtgraph draws them.
Specs = tuple[Any, list[Any], list[Text]]
# How far the boxes of two labels may overlap: their letters fill less.
SLACK = 1.5


class Axis(pg.AxisItem):  # type: ignore[misc]
    """Numbers, or names of cells.

    `write` turns a tick into text, by default with the digits that its step needs, of the value times `factor`; `whole`
    allows whole ticks only. Without `named` the name of the axis is not shown. A `capped` one stands close below words:
    no label rises above its upper end, and in a low plot those of the ends leave out what comes too close to them.
    """

    def __init__(self, side: str, *, write: Callable[[float], str] | None = None, whole: bool = False,
                 factor: float = 1.0):
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self.setStyle(hideOverlappingLabels=True, tickAlpha=255)
        self.write, self.whole, self.factor, self.log = write, whole, factor, False
        self.upright = side in ("left", "right")
        self.cells: dict[float, str] | None = None
        self.named = True
        self.capped = False
        self._widest = 0.0
        self._wide = WIDTH

    def set_log(self, log: bool) -> None:
        """Read the values as powers of ten."""
        self.log = log
        self.redraw()

    def set_cells(self, cells: Sequence[Cell], *, widest: float = 48.0) -> None:
        """Label these places with names, elided where they are wider than `widest` or than their column."""
        named = dict(cells)
        if named != self.cells or widest != self._widest:
            self.cells, self._widest = named, widest
            self.redraw()

    def redraw(self) -> None:
        """Make the ticks again, and take the room for them."""
        self.picture = None
        self.label.setVisible(self.named and bool(self.labelText))
        if self.upright:
            self.setWidth(self.room())
        else:
            self.setHeight(self.room())
        self.update()

    def room(self) -> float:
        """How much of the plot the axis takes, in pixels."""
        if not self.isVisible():
            return 0.0
        title = TITLE if self.label.isVisible() else 0.0
        if not self.upright:
            return HEIGHT + title
        names = self._wide if self.cells is None else self._name_width() + 8
        return names + title

    def fit_labels(self, pixels: float) -> None:
        """Take the room that the numbers beside an axis of such a length need: one that has none is not drawn.

        It comes in steps, so that little changes move nothing.
        """
        if self.upright and self.cells is None:
            self.take_width(self.width_for(pixels))

    def width_for(self, pixels: float) -> float:
        """How wide the numbers beside an axis of such a length are, in those steps."""
        metrics, (low, high) = self._metrics(), self.range
        labels = (text for step, values in self.tickValues(low, high, pixels)
                  for text in self.tickStrings(values, 1.0, step))
        needed = max(map(metrics.horizontalAdvance, labels), default=0.0) + OFF
        return WIDTH + GRAIN * max(0, math.ceil((needed - WIDTH) / GRAIN))

    def take_width(self, wide: float) -> None:
        """Take so much room for the numbers."""
        if wide != self._wide:
            self._wide = wide
            self.redraw()

    def boundingRect(self) -> QRectF:
        # Labels of the first and last tick reach over the ends, also where the grid is drawn, and letters below theirs.
        inside: QRectF = super().boundingRect()
        return inside.adjusted(0, -8, 0, 8) if self.upright else inside.adjusted(-24, 0, 24, 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if widget is not None:
            super().paint(painter, option, widget)
        elif (specs := self.generateDrawSpecs(painter)) is not None:
            # An export: a recorded picture would come at the resolution of the screen.
            self.drawPicture(painter, *specs)

    def generateDrawSpecs(self, painter: QPainter) -> Specs | None:
        specs: Specs | None = super().generateDrawSpecs(painter)
        if specs is None or not self.capped:
            return specs
        line, ticks, texts = specs
        return line, ticks, _apart([(_lowered(box), flags, text) for box, flags, text in texts])

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((minVal, maxVal))
        if high <= low or size <= 0:
            return []
        if self.cells is not None:
            return [(0.0, self._labelled(size / (high - low)))]
        most = min(MOST, max(2, int(size / (LINE if self.upright else COLUMN))))
        if self.log:
            return [_decades(low, high, most)]
        return [numbers.ticks(low, high, most, whole=self.whole)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self.cells is not None:
            return [self._elided(self.cells[value]) for value in values]
        if self.write is not None:
            return [self.write(value) for value in values]
        if self.log:
            return [numbers.tick(10**value, 10**value) for value in values]
        return numbers.labels([self.factor * value for value in values], self.factor * spacing)

    def _labelled(self, pixels: float) -> list[float]:
        """The places that are labelled when a cell is so many pixels long: all names, and of numbers round ones."""
        cells = self.cells or {}
        room = ROW if self.upright else self._name_width() + 8
        step = numbers.every(room / pixels)
        names = [place for place, name in cells.items() if not name.isdigit()]
        return [
            place for place, name in cells.items() if not name.isdigit()
            or (int(name) % step == 0 and all(abs(place - other) * pixels >= room for other in names))
        ]

    def _name_width(self) -> float:
        metrics = self._metrics()
        return min(self._widest, max(map(metrics.horizontalAdvance, (self.cells or {}).values()), default=0.0))

    def _elided(self, name: str) -> str:
        room = self._widest
        if not self.upright and self.cells and not name.isdigit():
            room = min(room, self.width() / len(self.cells) - 4)
        return self._metrics().elidedText(name, Qt.TextElideMode.ElideRight, max(room, 10.0) + 1)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.style["tickFont"] or self.font())


def _lowered(box: QRectF) -> QRectF:
    return box.translated(0.0, max(0.0, -box.top()))


def _apart(texts: list[Text]) -> list[Text]:
    """Without those between the ends that come upon others, which stand before them in this order."""
    if not texts:
        return []
    first, *others = sorted(texts, key=lambda text: text[0].top())
    kept = [first]
    for text in [*others[-1:], *others[:-1]]:
        if all(text[0].top() > box.bottom() - SLACK or text[0].bottom() < box.top() + SLACK for box, _, _ in kept):
            kept.append(text)
    return kept


def _decades(low: float, high: float, most: int) -> tuple[float, list[float]]:
    """Whole powers of ten; where fewer than two are in sight, also their 2 and 5 fold."""
    powers = [float(power) for power in range(math.ceil(low - 1e-6), math.floor(high + 1e-6) + 1)]
    if len(powers) < 2:
        parts = [power + part for power in range(int(low) - 2, int(high) + 2) for part in (0.0, 0.30103, 0.69897)]
        return 1.0, [value for value in parts if low <= value <= high]
    step, found = numbers.ticks(low, high, most, whole=True)
    if not 2 <= len(found) <= most:
        # Between round steps, of which one gives too many and the next one too few, are others.
        tried = [(each, [power for power in powers if power % each == 0]) for each in range(1, 10)]
        step, found = min(((float(each), some) for each, some in tried if len(some) >= 2),
                          key=lambda one: (len(one[1]) > most, abs(most - len(one[1])), one[1][0] - one[1][-1]))
    return step, found
