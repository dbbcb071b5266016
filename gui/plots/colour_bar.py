"""What the colours of a picture mean: a strip with a few numbers beside it."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.picture import Colours
from gui.theme import fonts
from gui.theme.tokens import Tokens

STRIP = 8.0
INSET = 8.0
SPACE = 5.0
NARROWEST, WIDEST = 30.0, 72.0


class ColourBar(pg.GraphicsWidget):  # type: ignore[misc]
    """Colours from the bottom up; `marks` are (place from 0 to 1, text). `foot` is kept free below."""

    def __init__(self, tokens: Tokens):
        super().__init__()
        self.tokens = tokens
        self.foot = 0.0
        self._wanted = 0.0
        self.marks: tuple[tuple[float, str], ...] = ()
        self._pixels = np.zeros((1, 1), np.uint32)
        self._image = QImage()

    def show_colours(self, colours: Colours, marks: Sequence[tuple[float, str]], tokens: Tokens) -> None:
        """Draw again if anything differs."""
        pixels = np.ascontiguousarray(colours[::-1].reshape(-1, 1))
        if tuple(marks) == self.marks and tokens is self.tokens and np.array_equal(pixels, self._pixels):
            return
        self.marks, self.tokens, self._pixels = tuple(marks), tokens, pixels
        metrics = QFontMetricsF(fonts.font(tokens, small=True))
        text = max((metrics.horizontalAdvance(mark) for _, mark in marks), default=0.0)
        self._wanted = INSET + STRIP + SPACE + min(WIDEST, max(NARROWEST, text)) + 1
        self.take_room()
        self._image = QImage(pixels.data, 1, len(pixels), 4, QImage.Format.Format_RGB32)
        self.update()

    def take_room(self) -> None:
        """Be as wide as the texts need; hidden, take no room."""
        width = self._wanted if self.isVisible() else 0.0
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.size().width(), self.size().height())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._image.isNull():
            return
        strip = QRectF(INSET, 0, STRIP, self.size().height() - self.foot)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(strip, self._image)
        painter.setFont(fonts.font(self.tokens, small=True))
        painter.setPen(QColor(self.tokens.text_muted))
        metrics = QFontMetricsF(painter.font())
        room = self.size().width() - strip.right() - SPACE
        for place, text in self.marks:
            middle = strip.bottom() - place * strip.height()
            top = min(max(middle - metrics.height() / 2, 0.0), strip.height() - metrics.height())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(strip.right() + SPACE, top, room, metrics.height()),
                             Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
