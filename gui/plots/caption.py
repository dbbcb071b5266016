"""The line above a plot: what it shows, and the numbers of the moment, which are its legend too."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from gui.theme import fonts
from gui.theme.tokens import Tokens

HEIGHT = 20.0
SWATCH = 8.0
SPACE = 5.0
BETWEEN = 12.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its name; `token` names the colour of its line. `widest` keeps its place when it changes.

    `mark` puts a dot before it instead of a line: "filled" or "hollow".
    """

    value: str
    name: str = ""
    token: str = ""
    widest: str = ""
    mark: str = ""


class Caption(pg.GraphicsWidget):
    """Title on the left, readings on the right. Names of readings are left out where there is no room."""

    def __init__(self, tokens: Tokens):
        QGraphicsWidget.__init__(self)
        self.tokens = tokens
        self.title = ""
        self.readings: tuple[Reading, ...] = ()
        self.margin = 0.0
        self.setMinimumHeight(HEIGHT)
        self.setMaximumHeight(HEIGHT)

    def say(self, title: str, readings: Sequence[Reading] = ()) -> None:
        """Write this; draws only if it differs."""
        if (title, tuple(readings)) != (self.title, self.readings):
            self.title, self.readings = title, tuple(readings)
            self.update()

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.tokens = tokens
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.size().width(), HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setFont(fonts.font(self.tokens, small=True))
        metrics = QFontMetricsF(painter.font())
        whole = self.size().width() - self.margin
        named = self._width(metrics, True) + metrics.horizontalAdvance(self.title) + BETWEEN <= whole
        right = whole
        for reading in reversed(self.readings):
            right = self._draw_reading(painter, metrics, reading, right, named) - BETWEEN
        painter.setPen(QColor(self.tokens.text_muted))
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, max(0.0, right))
        painter.drawText(QRectF(0, 0, max(0.0, right) + 2, HEIGHT), _LEFT, title)

    def _width(self, metrics: QFontMetricsF, named: bool) -> float:
        return sum(_reading_width(metrics, reading, named) + BETWEEN for reading in self.readings)

    def _draw_reading(self, painter: QPainter, metrics: QFontMetricsF, reading: Reading, right: float,
                      named: bool) -> float:
        left = right - _reading_width(metrics, reading, named)
        x = left
        if reading.token:
            painter.fillRect(QRectF(x, HEIGHT / 2 - 1, SWATCH, 2), QColor(getattr(self.tokens, reading.token)))
        elif reading.mark:
            self._draw_dot(painter, x, reading.mark == "filled")
        if reading.token or reading.mark:
            x += SWATCH + SPACE
        if named and reading.name:
            painter.setPen(QColor(self.tokens.text_muted))
            painter.drawText(QRectF(x, 0, right - x, HEIGHT), _LEFT, reading.name)
        painter.setPen(QColor(self.tokens.text))
        painter.drawText(QRectF(x, 0, right - x, HEIGHT), _RIGHT, reading.value)
        return left


    def _draw_dot(self, painter: QPainter, x: float, filled: bool) -> None:
        ink = QColor(self.tokens.text_muted)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if filled else QColor(self.tokens.plot))
        painter.drawEllipse(QRectF(x + 1, HEIGHT / 2 - 3, 6, 6))
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _reading_width(metrics: QFontMetricsF, reading: Reading, named: bool) -> float:
    width = max(metrics.horizontalAdvance(text) for text in (reading.value, reading.widest))
    if named and reading.name:
        width += metrics.horizontalAdvance(reading.name) + SPACE
    return width + (SWATCH + SPACE if reading.token or reading.mark else 0.0)
