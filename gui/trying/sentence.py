"""A text typed by hand."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from core.preprocessing import ColumnSpec
from gui.trying._way import Row, Way

LINES = 5


class Sentence(Way):
    """One field for the only column, which holds text."""

    def __init__(self, spec: ColumnSpec):
        super().__init__()
        self._spec = spec
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText("Type a text")
        self.field.setAccessibleName(spec.name)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * LINES + 16)
        self.field.textChanged.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def row(self) -> Row | None:
        text = self.field.toPlainText().strip()
        return ((self._spec.name, text),) if text else None

    def put(self, row: Row) -> None:
        self.field.blockSignals(True)
        self.field.setPlainText(str(dict(row).get(self._spec.name, "")))
        self.field.blockSignals(False)

    def clear(self) -> None:
        self.put(())

    @Slot()
    def _typed(self) -> None:
        self.changed.emit()
