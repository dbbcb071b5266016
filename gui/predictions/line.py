"""A line of quiet text that is cut where there is no room."""
from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.predictions.painting import paint_words
from gui.theme import palette

HEIGHT = 20


class Line(QWidget):
    """`text` on the left; `figure` on the right goes first where both have no room."""

    def __init__(self) -> None:
        super().__init__()
        self.text = self.figure = ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str, figure: str = "") -> None:
        """Write this; draws only if it differs."""
        if (text, figure) != (self.text, self.figure):
            self.text, self.figure = text, figure
            self.setToolTip(f"{text}  {figure}".strip())
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(20, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        area, metrics = self.rect(), self.fontMetrics()
        if self.figure and metrics.horizontalAdvance(self.text + self.figure) + 12 <= area.width():
            paint_words(painter, area, self.figure, tokens.text, tokens, right=True)
        paint_words(painter, area, self.text, tokens.text_muted, tokens)
        painter.end()
