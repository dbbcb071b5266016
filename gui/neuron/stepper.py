"""One of many: its name between two buttons that go to the next and to the one before."""
from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gui.forms.icon_button import icon_button
from gui.forms.shortened import Shortened

ICON, BUTTON = 14, 22


class Stepper(QWidget):
    """`stepped` carries 1 or -1. `what` is the word for one of them."""

    stepped = Signal(int)

    def __init__(self, what: str, role: str = "small"):
        super().__init__()
        self.label = Shortened(role)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.back = self._button("chevron-left", f"Previous {what}", -1)
        self.next = self._button("chevron-right", f"Next {what}", 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addSpacing(4)
        row.addWidget(self.label, 1)

    def say(self, text: str, tip: str) -> None:
        """Name the present one."""
        if text != self.label.text():
            self.label.setText(text)
        if tip != self.label.toolTip():
            self.label.setToolTip(tip)

    def _button(self, icon: str, text: str, way: int) -> QToolButton:
        made = icon_button(icon, text, lambda: self.stepped.emit(way), size=ICON, side=BUTTON)
        made.setProperty("kind", "flat")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAutoRepeat(True)
        return made
