"""Small pictures of arrays beside each other: what lies under a filter, its weights, the whole map."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.plots import picture
from gui.theme import fonts, palette
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens

SIDE, GAP, TITLE = 76, 10, 16
# A row of numbers is at least so high.
LOW = 12
# What is below a line of pictures: their titles, and some air.
BELOW = TITLE + 4


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """An array (rows, columns) with a word below it, and a cell of it that is marked."""

    values: np.ndarray
    title: str
    marked: tuple[int, int] | None = None


class Plates(QWidget):
    """Signed numbers from orange to blue, each picture with its own scale; as many in a row as fit."""

    def __init__(self) -> None:
        super().__init__()
        self.plates: tuple[Plate, ...] = ()
        self.setAccessibleName("Filter in pictures")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_plates(self, plates: Sequence[Plate]) -> None:
        """Show these and no others."""
        shapes = [[plate.values.shape for plate in some] for some in (plates, self.plates)]
        changed, self.plates = shapes[0] != shapes[1], tuple(plates)
        self.setVisible(bool(plates))
        if changed:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(sum(height for _, height in self._lines(width)))

    def sizeHint(self) -> QSize:
        return QSize(2 * SIDE, self.heightForWidth(max(self.width(), 2 * SIDE)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        # What paints into a file smooths pictures, if it is not told otherwise.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        colours = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot_grid)
        top = 0.0
        for line, height in self._lines(self.width()):
            for column, plate in enumerate(line):
                self._paint(painter, tokens, plate, colours, QRectF(column * (SIDE + GAP), top, SIDE, height - BELOW))
            top += height
        painter.end()

    def _paint(self, painter: QPainter, tokens: Tokens, plate: Plate, colours: picture.Colours, area: QRectF) -> None:
        scale = float(np.abs(plate.values[np.isfinite(plate.values)]).max(initial=0.0)) or 1.0
        pixels = np.ascontiguousarray(colours.take(picture.levels(plate.values, -scale, scale)))
        rows, columns = pixels.shape
        wide, high = _cell(plate)
        inside = QRectF(area.left(), area.top(), columns * wide, rows * high)
        painter.drawImage(inside, QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inside.adjusted(0.5, 0.5, -0.5, -0.5))
        if plate.marked is not None:
            row, column = plate.marked
            painter.setPen(QPen(QColor(tokens.text), 1.5))
            painter.drawRect(QRectF(inside.left() + column * wide - 1, inside.top() + row * high - 1,
                                    wide + 2, high + 2))
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        title = painter.fontMetrics().elidedText(plate.title, Qt.TextElideMode.ElideRight, SIDE + GAP - 2)
        below = QRectF(area.left(), area.bottom() + 1, SIDE + GAP - 2, TITLE)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, title)

    def _lines(self, width: int) -> list[tuple[Sequence[Plate], float]]:
        """The pictures line by line, as many as fit beside each other, and how high each line is."""
        across = max(1, (width + GAP) // (SIDE + GAP))
        lines = [self.plates[at : at + across] for at in range(0, len(self.plates), across)]
        return [(line, max(len(plate.values) * _cell(plate)[1] for plate in line) + BELOW) for line in lines]


def _cell(plate: Plate) -> tuple[float, float]:
    """How wide and how high one number is drawn: a square, but that a row stays high enough to be seen."""
    side = float(SIDE / max(plate.values.shape))
    return side, max(side, LOW) if len(plate.values) == 1 else side
