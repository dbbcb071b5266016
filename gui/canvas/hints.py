"""What lies over the canvas without being part of the network: the welcome of an empty canvas, and the reason
why a wire is refused."""
from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import icons
from gui.theme.palette import Theme
from gui.theme.tokens import Tokens

ICON = 40


class Welcome(QWidget):
    """Says what to do first. The mouse goes through it."""

    def __init__(self, theme: Theme, parent: QWidget):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture, title = QLabel(), QLabel("Build a network")
        text = QLabel("Drag an Input from the left, double-click to search, or open an example.")
        title.setProperty("role", "heading")
        text.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        self.setAutoFillBackground(True)
        for label in (self._picture, title, text):
            column.addWidget(label, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.insertSpacing(1, 6)
        theme.changed.connect(self.restyle)
        self.restyle(theme.tokens)
        self.resize(self.sizeHint())

    @Slot(object)
    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        paper = self.palette()
        paper.setColor(paper.ColorRole.Window, QColor(tokens.canvas))
        self.setPalette(paper)
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap("layers/input", ICON, tokens.text_faint, ratio))

    def centre(self, width: int, height: int) -> None:
        """Stand in the middle of an area of this size."""
        self.resize(self.sizeHint())
        self.move((width - self.width()) // 2, (height - self.height()) // 2)


class Reason(QFrame):
    """A small label beside the pointer."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self._parent = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("role", "notice-error")
        self._label = QLabel()
        self._label.setProperty("role", "error")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at present, or empty."""
        return self._label.text() if self.isVisible() else ""

    def show_at(self, text: str, pointer: QPoint) -> None:
        """Say `text` beside the pointer, inside the parent; nothing hides it."""
        self.setVisible(bool(text))
        if text:
            self._label.setText(text)
            self.adjustSize()
            room = self._parent.rect()
            x = min(pointer.x() + 16, room.right() - self.width() - 8)
            y = min(pointer.y() + 16, room.bottom() - self.height() - 8)
            self.move(max(8, x), max(8, y))
