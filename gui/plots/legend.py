"""What the lines of a chart stand for: beside it, a name and a number for each."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.theme import fonts
from gui.theme.tokens import Tokens

INSET, SWATCH, SPACE = 14.0, 10.0, 6.0
LINE = 17.0
WIDEST = 130.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: its colour, its name and a number."""

    colour: str
    name: str
    value: str


class Legend(pg.GraphicsWidget):  # type: ignore[misc]
    """Stands where a colour bar would. Where there is no room for all entries, the last line says how many are left."""

    def __init__(self, tokens: Tokens):
        super().__init__()
        self.tokens = tokens
        self.foot = 0.0
        self.entries: tuple[Entry, ...] = ()
        self.strong = -1
        self._wanted = 0.0

    def say(self, entries: Sequence[Entry], tokens: Tokens) -> None:
        """Show these; draws only if they differ."""
        if (tuple(entries), tokens) != (self.entries, self.tokens):
            self.entries, self.tokens = tuple(entries), tokens
            metrics = QFontMetricsF(fonts.font(tokens, small=True))
            names = max((metrics.horizontalAdvance(entry.name) for entry in entries), default=0.0)
            values = max((metrics.horizontalAdvance(entry.value) for entry in entries), default=0.0)
            beside = INSET + SWATCH + 2 * SPACE
            self._wanted = beside + min(WIDEST, names) + values + SPACE if entries else 0.0
            self.take_room()
            self.update()

    def emphasise(self, number: int) -> None:
        """Make one entry stand out; -1 none."""
        if number != self.strong:
            self.strong = number
            self.update()

    def take_room(self) -> None:
        """Be as wide as the texts need; hidden, take no room."""
        width = self._wanted if self.isVisible() else 0.0
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.size().width(), self.size().height())

    def shown(self) -> int:
        """How many entries there is room for."""
        room = int((self.size().height() - self.foot) / LINE)
        return len(self.entries) if len(self.entries) <= room else max(0, room - 1)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setFont(fonts.font(self.tokens, small=True))
        metrics, shown = QFontMetricsF(painter.font()), self.shown()
        for number, entry in enumerate(self.entries[:shown]):
            self._draw(painter, metrics, entry, number)
        if shown < len(self.entries):
            painter.setPen(QColor(self.tokens.text_muted))
            line = QRectF(INSET, shown * LINE, self.size().width() - INSET, LINE)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, f"and {len(self.entries) - shown} more")

    def _draw(self, painter: QPainter, metrics: QFontMetricsF, entry: Entry, number: int) -> None:
        top, right = number * LINE, self.size().width()
        thick = 4.0 if number == self.strong else 2.0
        painter.fillRect(QRectF(INSET, top + (LINE - thick) / 2, SWATCH, thick), QColor(entry.colour))
        value = metrics.horizontalAdvance(entry.value)
        left = INSET + SWATCH + SPACE
        room = right - left - value - SPACE
        painter.setPen(QColor(self.tokens.text if number == self.strong else self.tokens.text_muted))
        name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, top, room, LINE), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(self.tokens.text))
        painter.drawText(QRectF(right - value - 1, top, value + 1, LINE),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.value)
