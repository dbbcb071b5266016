"""What the small dialogs share: one of a kind, not modal, closed with Escape, gone when closed."""
from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Dialog(QDialog):
    """Title, content (`self.body`), a row of buttons (`self.buttons`) that starts with `leave`."""

    title = ""
    size_hint = (460, 480)
    leave = QDialogButtonBox.StandardButton.Close

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self.window_ = window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.title)
        self.resize(*self.size_hint)
        layout = QVBoxLayout(self)
        tokens = window.context.theme.tokens
        layout.setContentsMargins(tokens.gap_l, tokens.gap_l, tokens.gap_l, tokens.gap_l)
        layout.setSpacing(tokens.gap)
        self.body = QVBoxLayout()
        self.body.setSpacing(tokens.gap)
        layout.addLayout(self.body, 1)
        self.buttons = QDialogButtonBox(self.leave)
        self.buttons.rejected.connect(self.reject)
        self.build()
        # After the body, so that Tab reaches the buttons last.
        layout.addWidget(self.buttons)
        plain(self.buttons)

    def build(self) -> None:
        """Fill the body."""

    @classmethod
    def open_for(cls, window: MainWindow) -> Self:
        """Show the dialog, or bring the one that is open to the front."""
        for child in window.findChildren(cls):
            if child.isVisible():
                child.raise_()
                child.activateWindow()
                return child
        dialog = cls(window)
        dialog.show()
        return dialog


def label(text: str, role: str = "") -> QLabel:
    """A label that wraps, with the look `role` of the style sheet."""
    result = QLabel(text)
    result.setWordWrap(True)
    if role:
        result.setProperty("role", role)
    return result


def plain(buttons: QDialogButtonBox) -> None:
    """Take the stock icons off, which some platforms put on buttons."""
    for button in buttons.buttons():
        button.setIcon(QIcon())
