"""A line of text that makes do with the room that there is."""
from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class Shortened(QLabel):
    """A line that is cut where there is no room for it, and asks for none. Where it is set, `brief` is shown instead of
    a text that would be cut."""

    brief = ""

    def __init__(self, role: str):
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | self.alignment(), self.shown())
        painter.end()

    def shown(self) -> str:
        """What there is room for."""
        metrics = self.fontMetrics()
        fits = not self.brief or metrics.horizontalAdvance(self.text()) <= self.width()
        return metrics.elidedText(self.text() if fits else self.brief, Qt.TextElideMode.ElideRight, self.width())
