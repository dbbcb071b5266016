"""Small pictures in a grid, with their values written in them where there is room."""
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.scene import scene_pixels
from gui.theme.tokens import readable_on

Pixels = NDArray[np.uint32]
# The space between pictures, as a share of their longer side.
SPACE = 0.12
PADDING = 4.0


class Mosaic(pg.GraphicsObject):  # type: ignore[misc]
    """Pictures of equal size, one pixel a unit of the plot, from left to right and from the top down (y downwards).

    `write(picture, row, column)` gives the text of a pixel, none longer than `sample`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.area = QRectF(0, 0, 1, 1)
        self.columns, self.count, self.height, self.width = 1, 0, 1, 1
        self.font = QFont()
        self.sample = ""
        self.write: Callable[[int, int, int], str] | None = None
        self._pixels: Pixels = np.empty((0, 0, 0), np.uint32)
        self._image = QImage()

    @property
    def space(self) -> float:
        """The distance between two pictures, in pixels of them."""
        return SPACE * max(self.height, self.width)

    def draw(self, pixels: Pixels) -> None:
        """Show pictures (n, height, width) of 0xAARRGGBB."""
        # The image does not own its pixels: they must live as long as it does.
        self._pixels = np.ascontiguousarray(pixels)
        self.count, self.height, self.width = pixels.shape
        self._image = QImage(self._pixels.data, self.width, self.count * self.height, 4 * self.width,
                             QImage.Format.Format_RGB32)
        self.update()

    def arrange(self, across: float, down: float) -> None:
        """Choose the number of columns with which the pictures are the largest in a room of these pixels."""
        best, tall, wide = 0.0, self.height + self.space, self.width + self.space
        for columns in range(1, self.count + 1):
            rows = math.ceil(self.count / columns)
            scale = min(across / (columns * wide), down / (rows * tall))
            if scale > best * (1 + 1e-9):
                best, self.columns = scale, columns
        rows = math.ceil(self.count / self.columns)
        # As wide and as high as the room at that scale, so that a pixel stays a square.
        size = max(across / best, self.columns * wide), max(down / best, rows * tall)
        left, top = (size[0] - self.columns * wide) / 2, (size[1] - rows * tall) / 2
        area = QRectF(-left, -top, *size)
        if area != self.area:
            self.prepareGeometryChange()
            self.area = area
        self.update()

    def place(self, number: int) -> QRectF:
        """Where picture `number`, from 0, lies."""
        row, column = divmod(number, self.columns)
        return QRectF(self.space / 2 + column * (self.width + self.space),
                      self.space / 2 + row * (self.height + self.space), self.width, self.height)

    def at(self, place: QPointF) -> tuple[int, int, int] | None:
        """Picture, row and column of the pixel at a place, or None between the pictures."""
        column = math.floor((place.x() - self.space / 2) / (self.width + self.space))
        row = math.floor((place.y() - self.space / 2) / (self.height + self.space))
        number = row * self.columns + column
        if not (0 <= column < self.columns and row >= 0 and number < self.count):
            return None
        there = self.place(number)
        x, y = math.floor(place.x() - there.left()), math.floor(place.y() - there.top())
        return (number, y, x) if 0 <= x < self.width and 0 <= y < self.height else None

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        seen = self.viewRect() or self.area
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for number in range(self.count):
            place = self.place(number)
            if place.intersects(seen):
                painter.drawImage(place, self._image, QRectF(0, number * self.height, self.width, self.height))
        with scene_pixels(self, painter) as to_scene:
            metrics = QFontMetricsF(self.font)
            pixel = to_scene.mapRect(QRectF(0, 0, 1, 1))
            if pixel.width() < metrics.horizontalAdvance(self.sample) + PADDING or not self.write:
                return
            painter.setFont(self.font)
            for number in range(self.count):
                inside = self.place(number).intersected(seen)
                if inside.isEmpty() or pixel.height() < metrics.capHeight() + PADDING:
                    continue
                corner = self.place(number).topLeft()
                inside.translate(-corner)
                for row in range(int(inside.top()), math.ceil(inside.bottom())):
                    for column in range(int(inside.left()), math.ceil(inside.right())):
                        colour = QColor.fromRgb(int(self._pixels[number, row, column]))
                        painter.setPen(QColor(readable_on(colour.name())))
                        cell = to_scene.mapRect(QRectF(corner.x() + column, corner.y() + row, 1, 1))
                        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self.write(number, row, column))
