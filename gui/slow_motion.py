"""A step in slow motion: what was told of it, and at which place of it everybody looks."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.train.events import Event, Explained, Resumed
from gui.trainer import Trainer

if TYPE_CHECKING:
    from core.train.told import Place, SlowStep

# Milliseconds at each place while it plays.
PACE = 900


class SlowMotion(QObject):
    """The last step that was told, the present place in it, and the sample that is followed.

    Plays from one place to the next until somebody pauses it or it is at the end. Training on puts it away.
    """

    changed = Signal()

    def __init__(self, trainer: Trainer, parent: QObject):
        super().__init__(parent)
        self._trainer = trainer
        self.told: SlowStep | None = None
        self.number = 0
        self.sample = 0
        self._pace = QTimer(self, interval=PACE)
        self._pace.timeout.connect(self._next)
        trainer.told.connect(self._heard)
        trainer.state_changed.connect(self._on_state)

    @property
    def place(self) -> Place | None:
        """Where in the step everybody looks."""
        return self.told.places[self.number] if self.told is not None else None

    @property
    def playing(self) -> bool:
        """True while it goes on by itself."""
        return self._pace.isActive()

    def go(self, number: int) -> None:
        """Look at place `number`; one beyond an end is that end. Pauses."""
        self._pace.stop()
        self._go(number)

    def play(self) -> None:
        """Go on by itself, from the beginning if it is at the end; or pause."""
        if self.told is None:
            return
        if self.playing:
            self._pace.stop()
        else:
            if self.number == len(self.told.places) - 1:
                self.number = 0
            self._pace.start()
        self.changed.emit()

    def follow(self, sample: int) -> None:
        """Show the numbers of another of the samples that were kept."""
        if self.told is not None:
            self.sample = sample % self.told.turns[0].kept
            self.changed.emit()

    def clear(self) -> None:
        """Put it away."""
        self._pace.stop()
        if self.told is not None:
            self.told, self.number, self.sample = None, 0, 0
            self.changed.emit()

    def _go(self, number: int) -> None:
        if self.told is not None:
            self.number = max(0, min(number, len(self.told.places) - 1))
            self.changed.emit()

    @Slot()
    def _next(self) -> None:
        self._go(self.number + 1)
        if self.told is not None and self.number == len(self.told.places) - 1:
            self._pace.stop()
            self.changed.emit()

    @Slot(object)
    def _heard(self, event: Event) -> None:
        if isinstance(event, Explained):
            self.told, self.number = event.told, 0
            self.sample = event.told.turns[0].telling
            self._pace.start()
            self.changed.emit()
        elif isinstance(event, Resumed):
            self.clear()

    @Slot(str)
    def _on_state(self, state: str) -> None:
        if state in ("invalid", "preparing"):
            self.clear()
