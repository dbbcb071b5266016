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
        changed, self.plates = len(plates) != len(self.plates), tuple(plates)
        self.setVisible(bool(plates))
        if changed:
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        across = self._across(width)
        return -(-len(self.plates) // across) * (SIDE + TITLE + 4)

    def sizeHint(self) -> QSize:
        return QSize(2 * SIDE, self.heightForWidth(max(self.width(), 2 * SIDE)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        colours = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot_grid)
        across = self._across(self.width())
        for place, plate in enumerate(self.plates):
            line, column = divmod(place, across)
            self._paint(painter, tokens, plate, colours,
                        QRectF(column * (SIDE + GAP), line * (SIDE + TITLE + 4), SIDE, SIDE))
        painter.end()

    def _paint(self, painter: QPainter, tokens: Tokens, plate: Plate, colours: picture.Colours, area: QRectF) -> None:
        scale = float(np.abs(plate.values[np.isfinite(plate.values)]).max(initial=0.0)) or 1.0
        pixels = np.ascontiguousarray(colours.take(picture.levels(plate.values, -scale, scale)))
        rows, columns = pixels.shape
        cell = min(SIDE / columns, SIDE / rows)
        inside = QRectF(area.left(), area.top(), columns * cell, rows * cell)
        painter.drawImage(inside, QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inside.adjusted(0.5, 0.5, -0.5, -0.5))
        if plate.marked is not None:
            row, column = plate.marked
            painter.setPen(QPen(QColor(tokens.text), 1.5))
            painter.drawRect(QRectF(inside.left() + column * cell - 1, inside.top() + row * cell - 1,
                                    cell + 2, cell + 2))
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        title = painter.fontMetrics().elidedText(plate.title, Qt.TextElideMode.ElideRight, SIDE + GAP - 2)
        below = QRectF(area.left(), area.bottom() + 1, SIDE + GAP - 2, TITLE)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, title)

    @staticmethod
    def _across(width: int) -> int:
        return max(1, (width + GAP) // (SIDE + GAP))
