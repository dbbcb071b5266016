"""What a panel shows, as a file: pixels (PNG), shapes (SVG, PDF) or the numbers themselves (CSV)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QWidget

from core.errors import FormatError, Problem
from core.io import atomic, tables
from gui import svg
from gui.panels import Exportable, Panel
from gui.theme import palette
from gui.theme.tokens import DARK, LIGHT

KINDS = {
    "png": "A picture, for slides and messages",
    "svg": "Shapes that stay sharp at any size, for web pages and drawing programs",
    "pdf": "Shapes that stay sharp at any size, for papers and print",
    "csv": "The numbers behind the plot, as a table",
}
SCALES = (1, 2, 3, 4)
SCALE = 2.0
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
DOTS_PER_INCH = 96
POINTS_PER_INCH = 72


@runtime_checkable
class Drawing(Protocol):
    """Something that is not on the screen as it is exported."""

    def size(self) -> QSizeF:
        """In logical pixels."""

    def draw(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on."""


@dataclass(frozen=True)
class Options:
    """What is wanted: `scale` is pixels of a PNG for every pixel of the plot; a transparent one has no background.

    `theme` is the name of the one whose colours it has, "" for that of the window.
    """

    kind: str = "png"
    scale: float = SCALE
    transparent: bool = False
    theme: str = ""


def write(plot: Exportable, path: Path, kind: str, scale: float = SCALE, *, transparent: bool = False,
          theme: str = "") -> None:
    """Write `plot` to `path` as one of `KINDS`. Raises FormatError; a file that was there is then intact."""
    atomic.write_bytes(path, content(plot, Options(kind, scale, transparent, theme)))


def content(plot: Exportable, options: Options) -> bytes:
    """What the file holds. Raises FormatError."""
    if options.kind == "csv":
        return csv_bytes(plot)
    with _dressed(plot, options.theme):
        match options.kind:
            case "svg":
                return svg_bytes(plot, transparent=options.transparent)
            case "pdf":
                return pdf_bytes(plot, transparent=options.transparent)
        return png_bytes(plot, options.scale, transparent=options.transparent)


def picture(plot: Exportable, options: Options) -> QImage:
    """What a PNG would show. Raises FormatError."""
    with _dressed(plot, options.theme):
        return image_of(plot, options.scale, transparent=options.transparent)


def can_be_clear(plot: Exportable) -> bool:
    """Whether it can be without a background: a widget paints its own."""
    return not isinstance(plot.item, QWidget)


def pixels(plot: Exportable, scale: float) -> tuple[int, int]:
    """Width and height of the plot as PNG. Raises FormatError."""
    size = (_area(plot.item).size() * scale).toSize()
    return size.width(), size.height()


def csv_bytes(plot: Exportable) -> bytes:
    """The table with one line of names."""
    return tables.encode(*plot.table())


def tabbed(plot: Exportable) -> str:
    """The table as spreadsheets take it from the clipboard: a tab between cells."""
    names, rows = plot.table()
    lines: list[Sequence[object]] = [names, *rows]
    return "\n".join("\t".join(re.sub(r"[\t\r\n]+", " ", str(cell)) for cell in line) for line in lines)


def image_of(plot: Exportable, scale: float = SCALE, *, transparent: bool = False) -> QImage:
    """The plot with `scale` pixels for every logical pixel. Raises FormatError."""
    area = _area(plot.item)
    image = QImage((area.size() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise FormatError(Problem("plot.picture", f"“{plot.name}” could not be made into a picture.",
                                  hint="Choose a smaller scale."))
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent if transparent else _background())
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _paint(plot.item, painter, area)
    painter.end()
    return image


def png_bytes(plot: Exportable, scale: float = SCALE, *, transparent: bool = False) -> bytes:
    """The plot as a PNG."""
    buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"png")).write(image_of(plot, scale, transparent=transparent)):
        raise FormatError(Problem("plot.picture", f"“{plot.name}” could not be made into a picture."))
    return bytes(buffer.data().data())


def svg_bytes(plot: Exportable, *, transparent: bool = False) -> bytes:
    """The plot as shapes; one logical pixel is one unit."""
    area = _area(plot.item)
    buffer = _buffer()
    # SVG Tiny, because in SVG 1.1 Qt clips what comes after a plot to that plot.
    generator = QSvgGenerator()
    generator.setResolution(DOTS_PER_INCH)
    generator.setOutputDevice(buffer)
    generator.setTitle(plot.name)
    generator.setSize(QSize(round(area.width()), round(area.height())))
    generator.setViewBox(QRectF(0, 0, area.width(), area.height()))
    painter = QPainter(generator)
    if not transparent:
        painter.fillRect(QRectF(0, 0, area.width(), area.height()), _background())
    _paint(plot.item, painter, area)
    painter.end()
    return svg.portable(bytes(buffer.data().data()))


def pdf_bytes(plot: Exportable, *, transparent: bool = False) -> bytes:
    """The plot as shapes on one page of its size."""
    area = _area(plot.item)
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    # Lines whose width is in pixels must have those of the screen.
    writer.setResolution(DOTS_PER_INCH)
    points = area.size() * (POINTS_PER_INCH / DOTS_PER_INCH)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(plot.name)
    writer.setCreator("Layerloom")
    painter = QPainter(writer)
    if not transparent:
        painter.fillRect(QRectF(0, 0, area.width(), area.height()), _background())
    _paint(plot.item, painter, area)
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _dressed(plot: Exportable, name: str) -> AbstractContextManager[None]:
    """Give the panel of a plot the colours of a theme for a while."""
    widget = plot.item if isinstance(plot.item, QWidget) else None
    while widget is not None and not isinstance(widget, Panel) and widget.parentWidget() is not None:
        widget = widget.parentWidget()
    return palette.current().lent(widget, THEMES[name] if name else palette.current().tokens)


def _background() -> QColor:
    return QColor(palette.current().tokens.plot)


def _area(item: object) -> QRectF:
    if isinstance(item, QWidget):
        return QRectF(item.rect())
    if isinstance(item, QGraphicsItem) and item.scene() is not None:
        return item.mapRectToScene(item.boundingRect())
    if isinstance(item, Drawing):
        return QRectF(0, 0, item.size().width(), item.size().height())
    raise FormatError(Problem("plot.empty", "There is nothing to export.", hint="Open the plot first."))


def _paint(item: object, painter: QPainter, area: QRectF) -> None:
    target = QRectF(0, 0, area.width(), area.height())
    if isinstance(item, QWidget):
        item.render(painter, QPoint())
    elif isinstance(item, QGraphicsItem | QGraphicsObject):
        item.scene().render(painter, target, area, Qt.AspectRatioMode.IgnoreAspectRatio)
    elif isinstance(item, Drawing):
        item.draw(painter)

