"""A part of a form that is folded away until somebody wants it."""
from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from gui.theme import icons, palette

CHEVRON = 12
# Names of the folds that are open, so that the next form of the same kind starts the same way.
_opened: set[str] = set()


class FoldButton(QAbstractButton):
    """A quiet title with a chevron that points down while its fold is open."""

    def __init__(self, title: str):
        super().__init__()
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(CHEVRON + 8 + self.fontMetrics().horizontalAdvance(self.text()), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        ink = tokens.text if self.underMouse() else tokens.text_muted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        top = (self.height() - CHEVRON) // 2
        painter.drawPixmap(0, top, icons.pixmap(name, CHEVRON, ink, self.devicePixelRatioF()))
        painter.setPen(QColor(ink))
        painter.drawText(QRect(CHEVRON + 5, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent_ink), 2))
            ring = QRect(0, 0, min(self.width(), self.sizeHint().width()), self.height()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, tokens.radius_s, tokens.radius_s)
        painter.end()


class Fold(QWidget):
    """A button that shows and hides `content`. Folds of the same `name` remember together whether they are open."""

    def __init__(self, title: str, content: QWidget, name: str):
        super().__init__()
        self._name = name
        self.content = content
        self.button = FoldButton(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(content)
        self.button.setChecked(name in _opened)
        self.button.toggled.connect(self._toggled)
        self._show(self.button.isChecked())

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        (_opened.add if on else _opened.discard)(self._name)
        self._show(on)

    def _show(self, on: bool) -> None:
        self.content.setVisible(on)
        self.button.setToolTip("Hide these settings." if on else "Show the settings that rarely need a change.")
