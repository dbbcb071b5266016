"""The picture of the sample under the pointer."""
from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.predictions.painting import paint_image
from gui.theme import palette

SIDE, AWAY = 60, 14


class Thumb(QWidget):
    """Lies over the plot, beside the pointer, and lets it through."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self._over = parent
        self.image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(SIDE, SIDE)
        self.hide()

    def show_image(self, image: QImage | None, at: QPoint) -> None:
        """Show a picture beside a place of the parent; None shows none."""
        if image is None:
            self.hide()
            return
        self.image = image
        room = self._over.rect()
        left = at.x() + AWAY if at.x() + AWAY + SIDE <= room.width() else at.x() - AWAY - SIDE
        self.move(max(0, left), max(0, min(at.y() - SIDE // 2, room.height() - SIDE)))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        painter.fillRect(self.rect(), QColor(tokens.accent_ink))
        paint_image(painter, QRect(2, 2, SIDE - 4, SIDE - 4), self.image, tokens)
        painter.end()
