"""A part of a form that is folded away until somebody wants it."""
from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gui.theme import icons

# Names of the folds that are open, so that the next form of the same kind starts the same way.
_opened: set[str] = set()


class Fold(QWidget):
    """A button that shows and hides `content`. Folds of the same `name` remember together whether they are open."""

    def __init__(self, title: str, content: QWidget, name: str):
        super().__init__()
        self._name = name
        self.content = content
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setAccessibleName(title)
        # Without these the check mark's colours of tool bar buttons would apply.
        self.button.setStyleSheet("QToolButton, QToolButton:checked { background: transparent; padding: 2px 4px; }")
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
        icons.bind(self.button, "chevron-down" if on else "chevron-right")
        self.button.setToolTip("Hide these settings." if on else "Show the settings that rarely need a change.")
