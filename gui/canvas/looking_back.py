"""A word over the canvas while all views show the past, and the way back."""
from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from gui.canvas.view import CanvasView
from gui.status import steady

WIDEST = "All views show step 88,888,888"


class LookingBack(QFrame):
    """Out of sight while the views show the present. `changed` says that it came or went."""

    changed = Signal()

    def __init__(self, view: CanvasView):
        super().__init__(view)
        self._trainer = view.context.trainer
        self.setProperty("role", "card")
        self.label = QLabel()
        steady(self.label, WIDEST)
        self.back = QPushButton("Back to Now")
        self.back.setProperty("kind", "flat")
        self.back.setToolTip("Show the present again")
        self.back.clicked.connect(self._return)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 4, 2)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.back)
        self.adjustSize()
        self.hide()
        self._trainer.moment_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Say which step is shown."""
        step = self._trainer.moment
        if step is not None:
            self.label.setText(f"All views show step {step:,}")
        if self.isHidden() == (step is not None):
            self.setVisible(step is not None)
            self.changed.emit()

    @Slot()
    def _return(self) -> None:
        self._trainer.view(None)
