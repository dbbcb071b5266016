"""What lies over the window with a search field on top: the command palette, the gallery, lists of names to tick."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from shiboken6 import isValid

from gui.theme import icons, palette

SHADOW = 24
# The window itself came and went, or a menu of the field did: that ends nothing.
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class SearchPopup(QWidget):
    """Covers its window, so that a click beside its panel closes it. It deletes itself, and gives the focus back to
    `before`. A subclass fills `_panel`, which holds `field`, places it, and answers the keys of the field."""

    def __init__(self, window: QWidget, before: QWidget | None, prompt: str):
        super().__init__(window)
        self._window, self._before = window, before
        self._panel = QFrame(self)
        self._panel.setProperty("role", "card")
        self.field = QLineEdit()
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.addAction(icons.icon("search", palette.current().tokens.text_faint),
                             QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        window.installEventFilter(self)

    def close_for_good(self, *, restore: bool = True) -> None:
        """Go away."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        before = self._before
        # First: hidden with the focus in it, it would hand that on as Tab does, which selects on the canvas.
        if restore and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.deleteLater()
        self._after_closing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field that is being destroyed loses the focus before its end, when it must not be touched any more.
        if not isValid(self) or not isValid(self.field):
            return False
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.field and isinstance(event, QKeyEvent):
            return self._key(event)
        elif (watched is self.field and isinstance(event, QFocusEvent) and event.lostFocus()
                and event.reason() not in PASSING):
            self.close_for_good(restore=False)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_for_good()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(tokens.shadow)
        colour.setAlpha(max(2, tokens.shadow_alpha // 10))
        painter.setBrush(colour)
        for reach in range(SHADOW, 0, -2):
            soft = QRectF(self._panel.geometry()).adjusted(-reach, -reach + 6, reach, reach + 6)
            painter.drawRoundedRect(soft, tokens.radius_l + reach, tokens.radius_l + reach)

    def _place(self) -> None:
        """Cover the window, and put the panel in its place."""
        raise NotImplementedError

    def _key(self, event: QKeyEvent) -> bool:
        """Answer a key of the field. True if it is dealt with."""
        raise NotImplementedError

    def _after_closing(self) -> None:
        """It has gone away."""
