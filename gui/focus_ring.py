"""Shows that the keyboard is at a widget that draws no focus of its own."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui.theme import palette

WIDTH = 2
# By mouse the place is known; then a ring would only be in the way.
BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Line(QWidget):
    """One side of the ring."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(palette.current().tokens.accent_ink))


class FocusRing(QObject):
    """Four thin lines inside the edges of a widget, while it has the focus from the keyboard."""

    def __init__(self, widget: QWidget):
        super().__init__(widget)
        self._widget = widget
        self.lines = [Line(widget) for _ in range(4)]
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A widget that is being destroyed loses the focus before its end, when it must not be touched any more.
        if not isValid(self._widget):
            return False
        if isinstance(event, QFocusEvent):
            self._show(event.gotFocus() and event.reason() in BY_KEYS)
        elif event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._show(False)
        return False

    def _show(self, on: bool) -> None:
        self._place()
        for line in self.lines:
            line.setVisible(on)
            line.raise_()

    def _place(self) -> None:
        room = self._widget.rect()
        across, down = room.width(), room.height()
        places = (QRect(0, 0, across, WIDTH), QRect(0, down - WIDTH, across, WIDTH), QRect(0, 0, WIDTH, down),
                  QRect(across - WIDTH, 0, WIDTH, down))
        for line, place in zip(self.lines, places, strict=True):
            line.setGeometry(place)
