"""A word over the canvas while all views show the past, and the ways on from there."""
from __future__ import annotations

import re

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from gui.canvas.view import CanvasView
from gui.status import steady
from gui.timeline import go_on


def words(step: int, epoch: int) -> str:
    """Which moment is shown; `epoch` counts those that were done by then, as everywhere."""
    return f"All views show step {step:,} (epoch {epoch:,})"


class LookingBack(QFrame):
    """Out of sight while the views show the present. `changed` says that it came, went, or took another size."""

    changed = Signal()

    def __init__(self, view: CanvasView):
        super().__init__(view)
        self._context, self._trainer = view.context, view.context.trainer
        self.setProperty("role", "card")
        self.label = QLabel()
        self._widest = ""
        self.go_on = QPushButton("Continue from Here")
        self.go_on.setToolTip("Train on from this moment; what came later becomes a faint line in the curves")
        self.go_on.clicked.connect(self._continue)
        self.back = QPushButton("Back to Now")
        self.back.setToolTip("Show the present again")
        self.back.clicked.connect(self._return)
        for button in (self.go_on, self.back):
            button.setProperty("kind", "flat")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 4, 2)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.go_on)
        row.addWidget(self.back)
        self.adjustSize()
        self.hide()
        self._trainer.moment_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Say which step is shown."""
        step, series = self._trainer.moment, self._trainer.series
        if step is not None:
            epoch = 0 if series is None else series.until("step", step)
            self.label.setText(words(step, epoch))
            self._keep_room(words(max(step, self._trainer.step_count), max(epoch, self._trainer.epochs)))
        if self.isHidden() == (step is not None):
            self.setVisible(step is not None)
            self.changed.emit()

    def _keep_room(self, longest: str) -> None:
        """Be as wide as the last moment of the run needs it, so that the buttons stay where they are."""
        widest = re.sub(r"\d", "8", longest)
        if widest != self._widest:
            self._widest = widest
            steady(self.label, widest)
            self.adjustSize()
            self.changed.emit()

    @Slot()
    def _continue(self) -> None:
        go_on(self._context)

    @Slot()
    def _return(self) -> None:
        self._trainer.view(None)
