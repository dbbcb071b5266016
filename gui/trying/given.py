"""A picture that a network gives."""
from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

SIDE = 192


class Given(QWidget):
    """The picture, as large as there is room, with its pixels to be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName("What the network gives back")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Show this one."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        painter = QPainter(self)
        scale = min(self.width() / self.image.width(), self.height() / self.image.height())
        size = QRectF(0, 0, self.image.width() * scale, self.image.height() * scale)
        size.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(size, self.image)
        painter.end()
