"""Predictions as bars with figures."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import fonts, palette

ROW = 24
BAR = 6
# Names take what they need, but leave room for the bars.
LONGEST, SHORTEST = 96, 16
FIGURE = 64
GAP = 8
MOST = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` is its length from 0 to 1, None for a figure without a bar; `figure` is written at its end."""

    name: str
    share: float | None
    figure: str
    strong: bool = False
    colour: str = ""


class Bars(QWidget):
    """At most MOST bars, one below the other; the height stays while names stay the same."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.more = 0
        self._name = LONGEST
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these; of many only the largest, in falling order."""
        chosen = tuple(bars)
        if len(chosen) > MOST:
            chosen = tuple(sorted(chosen, key=lambda bar: -(bar.share or 0.0))[:MOST])
        height, self.more = len(self.bars), len(bars) - len(chosen)
        self.bars = chosen
        widths = QFontMetrics(fonts.font(palette.current().tokens, strong=True)).horizontalAdvance
        # A painter may measure a little wider.
        self._name = max(SHORTEST, min(LONGEST, max((widths(bar.name) + 2 for bar in chosen), default=0)))
        if len(chosen) != height:
            self.updateGeometry()
        spoken = ", ".join(f"{bar.name} {bar.figure}" for bar in chosen)
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LONGEST + FIGURE, ROW * len(self.bars) + (ROW if self.more else 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, bar in enumerate(self.bars):
            self._paint(painter, bar, QRectF(0, number * ROW, self.width(), ROW))
        if self.more:
            self._write(painter, QRectF(0, len(self.bars) * ROW, self.width(), ROW),
                        f"{self.more} more with less", Qt.AlignmentFlag.AlignLeft, muted=True)
        painter.end()

    def _paint(self, painter: QPainter, bar: Bar, area: QRectF) -> None:
        tokens = palette.current().tokens
        wide = bar.share is None
        room = area.width() / 2 if wide else FIGURE
        name = QRectF(area.left(), area.top(), area.width() - room - GAP if wide else self._name, ROW)
        self._write(painter, name, bar.name, Qt.AlignmentFlag.AlignLeft, strong=bar.strong)
        figure = QRectF(area.right() - room, area.top(), room, ROW)
        self._write(painter, figure, bar.figure, Qt.AlignmentFlag.AlignRight, strong=bar.strong)
        if bar.share is None:
            return
        track = QRectF(self._name + GAP, area.center().y() - BAR / 2, area.width() - self._name - FIGURE - GAP, BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(track, BAR / 2, BAR / 2)
        length = track.width() * min(1.0, max(0.0, bar.share))
        if length > 0.5:
            painter.setBrush(QColor(bar.colour or tokens.accent))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), max(length, BAR), BAR), BAR / 2, BAR / 2)

    def _write(self, painter: QPainter, area: QRectF, text: str, side: Qt.AlignmentFlag, *, strong: bool = False,
               muted: bool = False) -> None:
        tokens = palette.current().tokens
        painter.setFont(fonts.font(tokens, strong=strong, small=muted))
        painter.setPen(QColor(tokens.text_muted if muted else tokens.text))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, short)
