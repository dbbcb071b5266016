"""What fields have in common that lie over the canvas while something is written in its place."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

    Field = QWidget
else:
    # Mixed into a field, which is the widget.
    Field = object

# A menu of the field, another window: what is written goes on afterwards.
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


class InPlace(Field):
    """Leaving the field keeps what was written, Escape does not. It deletes itself then, and is `done`."""

    canvas: CanvasView
    done = False

    def commit(self) -> None:
        """Keep what was written, and close."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_field()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.commit()

    def close_field(self) -> None:
        """Go away, and give the focus back to the canvas."""
        if self.done:
            return
        self.done = True
        had_focus = self.hasFocus()
        self.hide()
        self.deleteLater()
        if had_focus:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
