"""The past of a run on a slider: look back at any kept moment, and go on from there."""
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from core.train.events import Event, Snapshot
from gui.context import AppContext
from gui.forms.icon_button import icon_button
from gui.status import steady

HEIGHT = 26
WIDEST = "step 88,888,888"
NOW = "now"
# Below this width the slider needs the room of the words.
ROOMY = 300


def go_on(context: AppContext) -> None:
    """Train on from the moment that the views show, and offer the way back."""
    trainer = context.trainer
    if trainer.moment is not None:
        step, before = trainer.moment, trainer.step_count
        trainer.go_back(step)
        context.notify.info(f"Training goes on from step {step:,}.", action_text=f"Back to Step {before:,}",
                            action=partial(trainer.go_back, None))


class Timeline(QWidget):
    """A slider with a place for every kept moment, and the present at its right end.

    While somebody looks back, all views show that moment; a run goes on meanwhile. "Continue" trains on from there, and
    "now" returns to the present.
    """

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self._steps: tuple[int, ...] = ()
        self.setFixedHeight(HEIGHT)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Moment of the run")
        self.slider.setToolTip("Drag to look back at any moment of this run; all views show it")
        self.slider.valueChanged.connect(self._moved)
        self.label = QLabel(NOW)
        self.label.setProperty("role", "small")
        steady(self.label, WIDEST)
        self.back = self._button("branch", "Continue from this moment: train on from here; what came later becomes a "
                                 "faint line", self._continue)
        self.now = self._button("to-now", "Return to the present", self._return)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 6, 4)
        row.setSpacing(4)
        row.addWidget(self.slider, 1)
        row.addWidget(self.label)
        row.addWidget(self.back)
        row.addWidget(self.now)
        context.trainer.told.connect(self._heard)
        context.trainer.moment_changed.connect(self.refresh)
        context.trainer.state_changed.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: object) -> None:
        self.label.setVisible(self.width() >= ROOMY)

    @Slot()
    def refresh(self) -> None:
        """Show the moments that are kept now, and where in them somebody looks."""
        trainer = self._context.trainer
        self._steps, moment = trainer.moments, trainer.moment
        if moment is not None and self._steps and moment not in self._steps:
            # It was dropped, as there are too many; the views show the one before it.
            trainer.view(self._steps[max(0, bisect_right(self._steps, moment) - 1)])
            return
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(1, len(self._steps)))
            place = len(self._steps) if moment is None else bisect_right(self._steps, moment) - 1
            self.slider.setValue(max(0, place) if self._steps else 1)
        past = moment is not None
        self.slider.setEnabled(len(self._steps) > 1)
        self.label.setText(f"step {moment:,}" if moment is not None else NOW)
        self.back.setEnabled(past)
        self.now.setEnabled(past)

    @Slot(object)
    def _heard(self, event: Event) -> None:
        if not isinstance(event, Snapshot) and self.isVisible() and self._context.trainer.moments is not self._steps:
            self.refresh()

    def showEvent(self, event: object) -> None:
        self.refresh()

    @Slot(int)
    def _moved(self, place: int) -> None:
        self._context.trainer.view(self._steps[place] if place < len(self._steps) else None)

    def _continue(self) -> None:
        go_on(self._context)

    def _return(self) -> None:
        self._context.trainer.view(None)

    def _button(self, icon: str, tip: str, run: Callable[[], object]) -> QToolButton:
        return icon_button(icon, tip, run, name=tip.partition(":")[0], scale=0.75)
