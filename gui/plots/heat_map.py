"""A table as a heat map, with the values written in the cells where there is room."""
from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

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
        if self.image.isNull():
            return
        rows, columns = self._in_sight()
        source = QRectF(columns.start, rows.start, len(columns), len(rows))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(self._area(rows, columns), self.image, source)
        with scene_pixels(self, painter) as to_scene:
            area = to_scene.mapRect(self.rect)
            width, height = area.width() / self._codes.shape[1], area.height() / len(self._codes)
            if min(width, height) >= GAP:
                self._draw_gaps(painter, area, rows, columns)
            if self._fits(width, height):
                self._draw_texts(painter, area, to_scene, rows, columns)

    def _in_sight(self) -> tuple[range, range]:
        """The rows and columns that the view shows; a map that is magnified is drawn no farther."""
        rows, columns = self._codes.shape
        seen = self.viewRect()
        if seen is None or seen.contains(self.rect):
            return range(rows), range(columns)
        seen = seen.intersected(self.rect)
        down, across = rows / self.rect.height(), columns / self.rect.width()
        top, left = (seen.top() - self.rect.top()) * down, (seen.left() - self.rect.left()) * across
        return (range(max(0, int(top)), min(rows, math.ceil(top + seen.height() * down))),
                range(max(0, int(left)), min(columns, math.ceil(left + seen.width() * across))))

    def _area(self, rows: range, columns: range) -> QRectF:
        """Where these cells lie in the plot."""
        width, height = self.rect.width() / self._codes.shape[1], self.rect.height() / len(self._codes)
        return QRectF(self.rect.left() + columns.start * width, self.rect.top() + rows.start * height,
                      len(columns) * width, len(rows) * height)

    def _fits(self, width: float, height: float) -> bool:
        metrics = QFontMetricsF(self.font)
        return width >= metrics.horizontalAdvance(self.sample) + PADDING and height >= metrics.capHeight() + PADDING

    def _draw_gaps(self, painter: QPainter, area: QRectF, rows: range, columns: range) -> None:
        tall, wide = self._codes.shape
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self.gap, 1))
        for i in range(max(1, columns.start), columns.stop):
            x = round(area.left() + area.width() * i / wide)
            painter.drawLine(x, round(area.top()), x, round(area.bottom()) - 1)
        for i in range(max(1, rows.start), rows.stop):
            y = round(area.top() + area.height() * i / tall)
            painter.drawLine(round(area.left()), y, round(area.right()) - 1, y)

    def _draw_texts(self, painter: QPainter, area: QRectF, to_scene: QTransform, rows: range, columns: range) -> None:
        if self.write is None:
            return
        tall, wide = self._codes.shape
        # Rows run downwards on the screen exactly if y does.
        upwards = to_scene.m22() < 0
        painter.setFont(self.font)
        width, height = area.width() / wide, area.height() / tall
        for row, column in product(rows, columns):
            line = tall - 1 - row if upwards else row
            painter.setPen(self._inks[int(self._codes[row, column])])
            cell = QRectF(area.left() + column * width, area.top() + line * height, width, height)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self.write(row, column))
