"""A thin line that says which file is being read and how far that is, with a way to stop it."""
from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.data.section import small_button
from gui.forms import parts

FINE = 1000
HALTED = "Reading was stopped. It begins again with the next change."


class ReadingLine(QWidget):
    """Shown while `watch` is on. `stopped` says that the user does not want to wait."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = parts.label(role="small")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Reading")
        self.button = small_button("close", "Stop reading", "Stop reading, and keep the data as they are.")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.button.clicked.connect(self.stopped)
        self.watch("")

    @Slot(str)
    def watch(self, text: str) -> None:
        """Show that something is being read; nothing for an empty text."""
        self.setVisible(bool(text))
        self.text.setText(text)
        self.bar.setRange(0, 0)
        self._rest(False)

    def halt(self) -> None:
        """Say that reading was stopped, though the document needs it."""
        self.text.setText(HALTED)
        self._rest(True)

    def _rest(self, on: bool) -> None:
        self.button.setHidden(on)
        self.bar.setHidden(on)

    @Slot(str, object)
    def tell(self, text: str, share: float | None) -> None:
        """Follow how far it is."""
        if self.isHidden() or self.bar.isHidden() or not text:
            return
        self.text.setText(f"{text.rstrip('.')}…")
        if share is not None:
            self.bar.setRange(0, FINE)
            self.bar.setValue(round(share * FINE))
