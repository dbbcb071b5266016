"""A line of text that counts on Enter or on leaving, and gives up on Escape."""
from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.forms import keys


class TextField(QLineEdit):
    """`committed` comes whenever typing may have ended; `reverted` when the user wants the old text back."""

    committed = Signal()
    reverted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self.committed)

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if keys.keep(event, self.isModified()):
            event.accept()
            return True
        if keys.pass_on(event, self.isModified()):
            event.ignore()
            return False
        handled = super().event(event)
        keys.settle(event, self.isModified(), self.committed.emit)
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.reverted.emit()
        else:
            super().keyPressEvent(event)
