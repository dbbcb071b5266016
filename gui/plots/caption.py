"""The line above a plot: what it shows, and the numbers of the moment, which are its legend too."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.theme import fonts
from gui.theme.tokens import Tokens

HEIGHT = 20.0
SWATCH = 8.0
SPACE = 5.0
BETWEEN = 12.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its name; `token` names the colour of its line. `widest` keeps its place when it changes.

    `mark` puts a dot before it instead of a line: "filled" or "hollow". What is `spare` is left out where the title
    would not fit beside it. One with a `colour` that no token names takes the room that all others leave, and that of
    their names.
    """

    value: str
    name: str = ""
    token: str = ""
    widest: str = ""
    mark: str = ""
    spare: bool = False
    colour: str = ""

    def ink(self, tokens: Tokens) -> str:
        """The colour of its line, or nothing."""
        return self.colour or (getattr(tokens, self.token) if self.token else "")


class Caption(pg.GraphicsWidget):  # type: ignore[misc]
    """Title on the left, readings on the right.

    Where there is no room, first the names of the readings are left out, then their lines: the digits have the colour.
    Then the title becomes short, if it can.
    """

    def __init__(self, tokens: Tokens):
        super().__init__()
        self.tokens = tokens
        self.title = self.short = ""
        self.readings: tuple[Reading, ...] = ()
        self.setMinimumHeight(HEIGHT)
        self.setMaximumHeight(HEIGHT)

    def say(self, title: str, readings: Sequence[Reading] = (), *, short: str = "") -> None:
        """Write this, with the `short` title where the other has no room; draws only if it differs."""
        if (title, short, tuple(readings)) != (self.title, self.short, self.readings):
            self.title, self.short, self.readings = title, short, tuple(readings)
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
        right = self.size().width()
        whole, readings, detail = self._fitting(metrics, right)
        for reading in reversed(readings):
            right = self._draw_reading(painter, metrics, reading, right, detail) - BETWEEN
        painter.setPen(QColor(self.tokens.text_muted))
        title = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, max(0.0, right))
        if len(title) > 1:
            painter.drawText(QRectF(0, 0, max(0.0, right) + 2, HEIGHT), _LEFT, title)

    def _fitting(self, metrics: QFontMetricsF, room: float) -> tuple[str, tuple[Reading, ...], int]:
        """The title, the readings for which there is room beside it, and in how much detail: 2, 1 or 0."""
        own = tuple(reading for reading in self.readings if not reading.colour)
        kept = tuple(reading for reading in own if not reading.spare)
        titles = (self.title, self.short) if self.short else (self.title,)
        for title in titles:
            for readings in (own, kept):
                found = []
                for detail in (2, 1, 0):
                    taken = sum(_width(metrics, reading, detail) + BETWEEN for reading in readings)
                    left = room - taken - metrics.horizontalAdvance(title)
                    if left >= 0:
                        found.append((self._beyond(metrics, left, detail), detail))
                if found:
                    beyond, detail = max(found, key=lambda one: (len(one[0]), one[1]))
                    return title, (*beyond, *readings), detail
        return titles[-1], kept, 0

    def _beyond(self, metrics: QFontMetricsF, room: float, detail: int) -> list[Reading]:
        """As many of those that take what the others leave as fit, the first ones first."""
        found: list[Reading] = []
        for reading in self.readings if detail else ():
            if reading.colour:
                room -= _width(metrics, reading, detail) + BETWEEN
                if room >= 0:
                    found.append(reading)
        return found

    def _draw_reading(self, painter: QPainter, metrics: QFontMetricsF, reading: Reading, right: float,
                      detail: int) -> float:
        left = x = right - _width(metrics, reading, detail)
        colour = reading.ink(self.tokens)
        if colour and detail:
            painter.fillRect(QRectF(x, HEIGHT / 2 - 1, SWATCH, 2), QColor(colour))
        elif reading.mark:
            self._draw_dot(painter, x, reading.mark == "filled")
        if (colour and detail) or reading.mark:
            x += SWATCH + SPACE
        if detail == 2 and reading.name:
            painter.setPen(QColor(self.tokens.text_muted))
            painter.drawText(QRectF(x, 0, right - x, HEIGHT), _LEFT, reading.name)
        ink = self.tokens.text if detail or not colour else colour
        painter.setPen(QColor(ink))
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


def _width(metrics: QFontMetricsF, reading: Reading, detail: int) -> float:
    width = max(metrics.horizontalAdvance(text) for text in (reading.value, reading.widest))
    if detail == 2 and reading.name:
        width += metrics.horizontalAdvance(reading.name) + SPACE
    lined = (reading.token or reading.colour) and detail
    return width + (SWATCH + SPACE if lined or reading.mark else 0.0)
