"""The dialog after an error of the program: what happened, what was rescued, and the report to copy."""
from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from gui.dialogs._base import label, plain


class CrashDialog(QDialog):
    """Shown once per fault; the program goes on behind it."""

    def __init__(self, report: str, rescued: Path | None, parent: QWidget | None):
        super().__init__(parent)
        self.report = report
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Something went wrong")
        self.resize(560, 380)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(label("An error in Layerloom interrupted what you just did.", "heading"))
        layout.addWidget(label(_rescue(rescued)))
        layout.addWidget(label("The report below helps to mend it. It stays on this machine unless you send it."))
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName("Report")
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout.addWidget(text, 1)
        buttons = QDialogButtonBox()
        copy = buttons.addButton("Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        go_on = buttons.addButton("Continue", QDialogButtonBox.ButtonRole.AcceptRole)
        go_on.setDefault(True)
        buttons.accepted.connect(self.accept)
        layout.addWidget(buttons)
        plain(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)


def _rescue(rescued: Path | None) -> str:
    if rescued is None:
        return "The network could not be written to a recovery file: save it now."
    return f"The network as it was is in {rescued}. You can go on, but save under a new name first."
