"""What a panel shows, as a file: pixels (PNG), shapes (SVG) or the numbers themselves (CSV)."""
from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QWidget

from core.errors import FormatError, Problem
from core.io import atomic, tables
from gui import svg
from gui.panels import Exportable
from gui.theme import palette

KINDS = {
    "png": "A picture, twice as fine as on the screen",
    "svg": "Shapes that stay sharp at any size",
    "csv": "The numbers behind the plot, as a table",
}
SCALE = 2.0
DOTS_PER_INCH = 96


def write(plot: Exportable, path: Path, kind: str, scale: float = SCALE) -> None:
    """Write `plot` to `path` as one of `KINDS`. Raises FormatError; a file that was there is then intact."""
    data = csv_bytes(plot) if kind == "csv" else svg_bytes(plot) if kind == "svg" else png_bytes(plot, scale)
    atomic.write_bytes(path, data)


def csv_bytes(plot: Exportable) -> bytes:
    """The table with one line of names."""
    return tables.encode(*plot.table())


def png_bytes(plot: Exportable, scale: float = SCALE) -> bytes:
    """The plot with `scale` pixels for every logical pixel."""
    area = _area(plot.item)
    image = QImage((area.size() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(_background())
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _paint(plot.item, painter, area)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise FormatError(Problem("plot.picture", f"“{plot.name}” could not be made into a picture."))
    return bytes(buffer.data().data())


def svg_bytes(plot: Exportable) -> bytes:
    """The plot as shapes; one logical pixel is one unit."""
    area = _area(plot.item)
    buffer = QBuffer()
    # SVG Tiny, because in SVG 1.1 Qt clips what comes after a plot to that plot.
    generator = QSvgGenerator()
    generator.setResolution(DOTS_PER_INCH)
    generator.setOutputDevice(buffer)
    generator.setTitle(plot.name)
    generator.setSize(QSize(round(area.width()), round(area.height())))
    generator.setViewBox(QRectF(0, 0, area.width(), area.height()))
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, area.width(), area.height()), _background())
    _paint(plot.item, painter, area)
    painter.end()
    return svg.portable(bytes(buffer.data().data()))


def _background() -> QColor:
    return QColor(palette.current().tokens.plot)


def _area(item: object) -> QRectF:
    if isinstance(item, QWidget):
        return QRectF(item.rect())
    if isinstance(item, QGraphicsItem) and item.scene() is not None:
        return item.mapRectToScene(item.boundingRect())
    raise FormatError(Problem("plot.empty", "There is nothing to export.", hint="Open the plot first."))


def _paint(item: object, painter: QPainter, area: QRectF) -> None:
    target = QRectF(0, 0, area.width(), area.height())
    if isinstance(item, QWidget):
        item.render(painter, QPoint())
    elif isinstance(item, QGraphicsItem | QGraphicsObject):
        item.scene().render(painter, target, area, Qt.AspectRatioMode.IgnoreAspectRatio)
