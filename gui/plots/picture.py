"""A picture in the coordinates of a plot, one colour number a cell."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

Colours = NDArray[np.uint32]
LEVELS = 255


def packed(table: NDArray[np.uint8]) -> Colours:
    """RGBA bytes (n, 4) as the numbers 0xAARRGGBB (n,) that QImage takes."""
    r, g, b, a = (table[:, i].astype(np.uint32) for i in range(4))
    return np.asarray(a << 24 | r << 16 | g << 8 | b, np.uint32)


def colour(value: str) -> int:
    """The same number for a colour by name."""
    return QColor(value).rgba()


def blend(colours: Colours, towards: str, share: float) -> Colours:
    """Opaque colours mixed with another one: all of it at share 1."""
    table = np.stack([colours >> shift & 255 for shift in (16, 8, 0, 24)], axis=1).astype(float)
    return packed(np.rint(table + (rgba(towards) - table) * share).astype(np.uint8))


def ramp(start: str, end: str, places: NDArray[np.floating]) -> NDArray[np.uint8]:
    """RGBA bytes (n, 4) between two colours, at places from 0 to 1."""
    return np.rint(rgba(start) + (rgba(end) - rgba(start)) * places[:, None]).astype(np.uint8)


def rgba(value: str) -> NDArray[np.float64]:
    """A colour by name as numbers from 0 to 255: (4,)."""
    named = QColor(value)
    return np.array([named.red(), named.green(), named.blue(), named.alpha()], np.float64)


def with_gap(table: NDArray[np.uint8], gap: str) -> Colours:
    """A table of LEVELS colours, and one more for what is not a number."""
    return np.append(packed(table), np.uint32(colour(gap)))


def levels(values: NDArray[np.floating], low: float, high: float) -> NDArray[np.intp]:
    """The place of each value in a table of LEVELS colours from `low` to `high`; LEVELS itself for NaN."""
    width = high - low if high > low else 1.0
    with np.errstate(invalid="ignore", over="ignore"):
        # In place: for many values fetching new memory takes longer than computing.
        place = values - low
        place *= (LEVELS - 1) / width
        place += 0.5
        np.clip(place, 0.5, LEVELS - 0.5, out=place)
        if np.isnan(place.max(initial=0.0)):
            place[np.isnan(place)] = LEVELS
    return place.astype(np.intp)


class Picture(pg.GraphicsObject):  # type: ignore[misc]
    """Cells of equal size that fill `rect`; row 0 is at its first edge in the direction of y."""

    def __init__(self, *, smooth: bool = False):
        super().__init__()
        self.smooth = smooth
        self.rect = QRectF()
        self.image = QImage()
        self._pixels = np.empty((0, 0), np.uint32)

    def draw(self, codes: NDArray[np.integer], colours: Colours, rect: QRectF) -> None:
        """Show colours[codes], codes (rows, columns)."""
        # The image does not own its pixels: they must live as long as it does.
        self._pixels = np.ascontiguousarray(colours.take(codes, mode="clip"))
        rows, columns = self._pixels.shape
        self.image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        if rect != self.rect:
            self.prepareGeometryChange()
            self.rect = QRectF(rect)
        self.update()

    def boundingRect(self) -> QRectF:
        return self.rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(self.rect, self.image)
