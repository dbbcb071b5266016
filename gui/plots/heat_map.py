"""A table as a heat map, with the values written in the cells where there is room."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.picture import Colours, Picture
from gui.plots.scene import scene_pixels
from gui.theme.tokens import readable_on

Write = Callable[[int, int], str]
GAP = 5.0
PADDING = 4.0


class HeatMap(Picture):
    """`draw` shows colours as a picture does; `write(row, column)` gives the text of a cell, none longer than
    `sample`."""

    def __init__(self) -> None:
        super().__init__()
        self.write: Write | None = None
        self.sample = ""
        self.font = QFont()
        self.gap = QColor()
        self._codes: NDArray[np.integer] = np.empty((0, 0), np.intp)
        self._inks: list[QColor] = []
        self._colours: Colours = np.empty(0, np.uint32)

    def draw(self, codes: NDArray[np.integer], colours: Colours, rect: QRectF) -> None:
        self._codes = codes
        if colours is not self._colours:
            self._colours = colours
            self._inks = [QColor(readable_on(QColor(int(value)).name())) for value in colours]
        super().draw(codes, colours, rect)

    @property
    def columns(self) -> int:
        """How many columns are shown."""
        return int(self._codes.shape[1])

    def restyle(self, font: QFont, gap: str) -> None:
        """Set the type of the values and the colour of the lines between cells."""
        self.font, self.gap = font, QColor(gap)
        self.update()

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a place in the plot, or None beside the map."""
        if self.image.isNull() or not self.rect.contains(x, y):
            return None
        rows, columns = self._codes.shape
        row = int((y - self.rect.top()) / self.rect.height() * rows)
        column = int((x - self.rect.left()) / self.rect.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    def written(self) -> dict[tuple[int, int], str]:
        """The texts of all cells, as they are drawn where there is room."""
        if self.write is None:
            return {}
        rows, columns = self._codes.shape
        return {(r, c): self.write(r, c) for r in range(rows) for c in range(columns)}

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        super().paint(painter, option, widget)
        if self.image.isNull():
            return
        with scene_pixels(self, painter) as to_scene:
            area = to_scene.mapRect(self.rect)
            rows, columns = self._codes.shape
            width, height = area.width() / columns, area.height() / rows
            if min(width, height) >= GAP:
                self._draw_gaps(painter, area)
            if self._fits(width, height):
                self._draw_texts(painter, area, to_scene)

    def _fits(self, width: float, height: float) -> bool:
        metrics = QFontMetricsF(self.font)
        return width >= metrics.horizontalAdvance(self.sample) + PADDING and height >= metrics.capHeight() + PADDING

    def _draw_gaps(self, painter: QPainter, area: QRectF) -> None:
        rows, columns = self._codes.shape
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self.gap, 1))
        for i in range(1, columns):
            x = round(area.left() + area.width() * i / columns)
            painter.drawLine(x, round(area.top()), x, round(area.bottom()) - 1)
        for i in range(1, rows):
            y = round(area.top() + area.height() * i / rows)
            painter.drawLine(round(area.left()), y, round(area.right()) - 1, y)

    def _draw_texts(self, painter: QPainter, area: QRectF, to_scene: QTransform) -> None:
        rows, columns = self._codes.shape
        # Rows run downwards on the screen exactly if y does.
        upwards = to_scene.m22() < 0
        painter.setFont(self.font)
        width, height = area.width() / columns, area.height() / rows
        for (row, column), text in self.written().items():
            line = rows - 1 - row if upwards else row
            painter.setPen(self._inks[int(self._codes[row, column])])
            cell = QRectF(area.left() + column * width, area.top() + line * height, width, height)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)
