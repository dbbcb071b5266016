"""The title of a part of the data panel, with what can be done there at its right end."""
from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.forms import parts
from gui.forms.icon_button import icon_button
from gui.theme import palette


class Section(QWidget):
    """A hairline, a title with a note beside it, buttons, and the content below."""

    def __init__(self, title: str, *contents: QWidget, buttons: tuple[QWidget, ...] = ()):
        super().__init__()
        self.note = parts.label(role="small")
        self.note.setWordWrap(False)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(palette.current().tokens.gap)
        title_label = parts.label(title, "heading")
        title_label.setWordWrap(False)
        head.addWidget(title_label)
        head.addWidget(self.note)
        head.addStretch(1)
        for button in buttons:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(parts.line())
        column.addSpacing(2)
        column.addLayout(head)
        for content in contents:
            column.addWidget(content)


def small_button(icon: str, name: str, tip: str) -> QToolButton:
    """A button of one icon for the head of a section or a card."""
    return icon_button(icon, tip, name=name, size=14, side=24)
