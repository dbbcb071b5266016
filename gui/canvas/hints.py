"""What lies over the canvas without being part of the network: the welcome of an empty canvas, and words beside the
pointer."""
from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import icons
from gui.theme.palette import Theme
from gui.theme.tokens import Tokens

ICON = 40
AWAY = 16
EDGE = 8
BUTTON = 44


class Welcome(QFrame):
    """Says what to do first. The mouse goes through it, but for the button, which makes a network for the data."""

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
        self.setProperty("role", "card")
        for label in (self._picture, title, text):
            column.addWidget(label, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.insertSpacing(1, 6)
        theme.changed.connect(self.restyle)
        self.restyle(theme.tokens)
        column.addSpacing(BUTTON)
        self.button = QPushButton("Make a First Network", parent)
        self.button.setObjectName("first-network")
        self.button.setToolTip("Make a small network that fits the data")
        self.button.clicked.connect(self._make)
        self.resize(self.sizeHint())

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.button.setVisible(visible)

    @Slot()
    def _make(self) -> None:
        action = self.window().findChild(QAction, "network.first")
        if action is not None:
            action.trigger()

    @Slot(object)
    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap("layers/input", ICON, tokens.text_faint, ratio))

    def centre(self, width: int, height: int) -> None:
        """Stand in the middle of an area of this size."""
        self.resize(self.sizeHint())
        self.move((width - self.width()) // 2, (height - self.height()) // 2)
        self.button.adjustSize()
        self.button.move((width - self.button.width()) // 2, self.geometry().bottom() - self.button.height() - 19)
        self.button.raise_()


class Readout(QFrame):
    """A few words beside the pointer. The mouse goes through it."""

    def __init__(self, parent: QWidget, role: str = "card", ink: str = ""):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("role", role)
        self._label = QLabel()
        if ink:
            self._label.setProperty("role", ink)
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
        if text:
            self.say(text)
            self.move(beside(pointer, self))
        self.setVisible(bool(text))

    def say(self, text: str) -> None:
        """Say something else, in the same place."""
        self._label.setText(text)
        self.adjustSize()


def beside(pointer: QPoint, card: QWidget) -> QPoint:
    """Where a card stands beside the pointer, inside its parent."""
    parent = card.parentWidget()
    room = parent.rect() if parent is not None else card.rect()
    x = min(pointer.x() + AWAY, room.right() - card.width() - EDGE)
    y = min(pointer.y() + AWAY, room.bottom() - card.height() - EDGE)
    return QPoint(max(EDGE, x), max(EDGE, y))
