"""What lies over the window while a file is dragged over it: what letting go would do."""
from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.theme import icons
from gui.theme.palette import Theme

ICON = 40
INSET = 12.0
WIDEST = 420


class DropOverlay(QWidget):
    """Covers its parent. The mouse, and what is dragged, go through it."""

    def __init__(self, theme: Theme, parent: QWidget):
        super().__init__(parent)
        self._theme, self._covered = theme, parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._good = True
        self._picture, self._title, self._text = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "heading")
        self._text.setProperty("role", "muted")
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(6)
        for label in (self._picture, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        column.insertSpacing(1, 6)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at present, or empty."""
        return f"{self._title.text()} {self._text.text()}".strip() if self.isVisible() else ""

    def say(self, icon: str, title: str, text: str, *, good: bool) -> None:
        """Cover the parent and say this; `good` is false for what cannot be used."""
        tokens = self._theme.tokens
        self._good = good
        ink = tokens.accent_ink if good else tokens.error
        self._picture.setPixmap(icons.pixmap(icon, ICON, ink, self.devicePixelRatioF()))
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setGeometry(self._covered.rect())
        self._card.setFixedWidth(min(WIDEST, self.width() - 48))
        self._card.adjustSize()
        self._card.move((self.width() - self._card.width()) // 2, (self.height() - self._card.height()) // 2)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(tokens.window)
        veil.setAlphaF(0.75)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(tokens.accent_ink if self._good else tokens.error), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET), 10, 10)
