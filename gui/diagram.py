"""The network as a drawing in a file: SVG, PNG or PDF, complete and in light colours whatever the window shows."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem

from core.errors import FormatError, Problem
from core.io import atomic
from gui import outlines
from gui.canvas import printing
from gui.canvas.scene import CanvasScene

Kind = Literal["svg", "png", "pdf"]

KINDS: dict[Kind, str] = {
    "svg": "Shapes that stay sharp at any size, for web pages and drawing programs",
    "pdf": "Shapes that stay sharp at any size, for papers and print",
    "png": "A picture, for slides and messages",
}
SCALES = (1, 2, 4)
DOTS_PER_INCH = 96
POINTS_PER_INCH = 72
# Viewers refuse larger pages.
LONGEST_PAGE = 14_000.0
FINE = 1200
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 32_000
# What Qt writes into a PDF that differs from run to run, and what stands there instead: zeros if nothing is said.
RESTLESS = (
    (rb"(Date \(D:)(\d{14})", b"19700101000000"),
    (rb"(Date=\")(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", b"1970-01-01T00:00:00"),
    (rb"(uuid:)([0-9a-f-]{36})", b""),
    (rb"(/ID \[ <)([0-9a-fA-F]+)", b""),
    (rb"(/ID \[ <0+> <)([0-9a-fA-F]+)", b""),
)


@dataclass(frozen=True)
class Options:
    """What is wanted. `scale` is pixels per unit of the canvas in a PNG; `margin` is in units of the canvas."""

    kind: Kind = "svg"
    scale: int = 2
    transparent: bool = False
    margin: int = 16
    selected: bool = False


@dataclass(frozen=True)
class Sheet:
    """What is drawn, and the part of the scene that it needs."""

    items: list[QGraphicsItem]
    area: QRectF

    def paint(self, painter: QPainter, unit: float, transparent: bool) -> None:
        """Draw with `unit` device units for each unit of the scene."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(unit, unit)
        if not transparent:
            painter.fillRect(QRectF(0, 0, self.area.width(), self.area.height()), QColor("white"))
        painter.translate(-self.area.topLeft())
        printing.paint(painter, self.items)
        painter.end()


def write(scene: CanvasScene, path: Path, options: Options, title: str = "") -> None:
    """Write the drawing. Raises FormatError, and then leaves a file that was there as it was."""
    atomic.write_bytes(path, drawing(scene, options, title))


def drawing(scene: CanvasScene, options: Options, title: str = "") -> bytes:
    """The drawing as the content of a file: the same bytes for the same document. Raises FormatError."""
    with printing.on_paper(scene):
        sheet = _sheet(scene, options)
        if options.kind == "png":
            return _png(sheet, options)
        return _svg(sheet, options, title) if options.kind == "svg" else _pdf(sheet, options, title)


def pixels(scene: CanvasScene, options: Options) -> tuple[int, int]:
    """Width and height of the drawing as a PNG; (0, 0) if there is nothing to draw."""
    size = _room(scene, options).size() * options.scale
    items = printing.drawn(scene, _names(scene, options))
    return (ceil(size.width()), ceil(size.height())) if items else (0, 0)


def _sheet(scene: CanvasScene, options: Options) -> Sheet:
    items = printing.drawn(scene, _names(scene, options))
    if not items:
        raise FormatError(Problem("diagram.empty", "There is nothing to export.", hint="Add a layer first."))
    return Sheet(items, _room(scene, options))


def _names(scene: CanvasScene, options: Options) -> frozenset[str] | None:
    return scene.context.selection if options.selected else None


def _room(scene: CanvasScene, options: Options) -> QRectF:
    # Ports stand out from cards by half, and borders by a pixel.
    rim = 8 + options.margin
    return QRectF(printing.extent(scene, _names(scene, options)).adjusted(-rim, -rim, rim, rim).toAlignedRect())


def _png(sheet: Sheet, options: Options) -> bytes:
    width, height = ceil(sheet.area.width() * options.scale), ceil(sheet.area.height() * options.scale)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise FormatError(Problem(
            "diagram.large", f"The picture would be {width:,} × {height:,} pixels, which few programs can open.",
            hint="Choose a smaller scale, or export as SVG or PDF."))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    dots = round(options.scale * DOTS_PER_INCH / 0.0254)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    sheet.paint(QPainter(image), options.scale, options.transparent)
    buffer = _buffer()
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise FormatError(Problem("diagram.picture", "The diagram could not be made into a picture.",
                                  hint="Export it as SVG."))
    return bytes(buffer.data().data())


def _svg(sheet: Sheet, options: Options, title: str) -> bytes:
    buffer = _buffer()
    # SVG Tiny, as for plots: SVG 1.1 brings clips that many programs get wrong.
    generator = QSvgGenerator()
    generator.setResolution(DOTS_PER_INCH)
    generator.setOutputDevice(buffer)
    generator.setTitle(title)
    generator.setDescription("Network drawn with Layerloom")
    generator.setSize(QSize(round(sheet.area.width()), round(sheet.area.height())))
    generator.setViewBox(QRectF(0, 0, sheet.area.width(), sheet.area.height()))
    sheet.paint(QPainter(generator), 1.0, options.transparent)
    return outlines.outlined(bytes(buffer.data().data()))


def _pdf(sheet: Sheet, options: Options, title: str) -> bytes:
    buffer = _buffer()
    points = sheet.area.size() * (POINTS_PER_INCH / DOTS_PER_INCH)
    shrink = min(1.0, LONGEST_PAGE / max(points.width(), points.height()))
    writer = QPdfWriter(buffer)
    writer.setResolution(FINE)
    writer.setPageSize(QPageSize(QSizeF(points * shrink), QPageSize.Unit.Point, "",
                                 QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(title)
    writer.setCreator("Layerloom")
    sheet.paint(QPainter(writer), shrink * FINE / DOTS_PER_INCH, options.transparent)
    return _timeless(bytes(buffer.data().data()))


def _timeless(pdf: bytes) -> bytes:
    """The same file without dates and random names; what replaces them is as long, so that all offsets stay right."""
    for pattern, calm in RESTLESS:
        pdf = re.sub(pattern, partial(_calmed, calm), pdf)
    return pdf


def _calmed(calm: bytes, match: re.Match[bytes]) -> bytes:
    return match[1] + (calm or b"0" * len(match[2]))


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
