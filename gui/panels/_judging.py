"""What the panels share that judge predictions for a part of the data."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy

from core.train.events import Event, Snapshot, Started
from core.train.sampling import Sizes
from gui.forms.selector import DropDown
from gui.panels._live import LivePanel
from gui.scores.words import PARTS

# Judging thousands of samples is dear: about four times a second is enough.
REST = 8


class JudgingPanel(LivePanel):
    """Asks about one part, again only after the network has learned, and not at every frame.

    `part` is the one that somebody has chosen, "" before that; `pick` offers those that have samples.
    """

    fades = True

    def build(self) -> None:
        self.part = ""
        self.pick = DropDown("Samples", "Which samples are judged")
        # Where there is no room, the word beside it is cut.
        self.pick.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.pick.picked.connect(self._picked)
        self._step: int | None = None
        self._rest = 0
        self.context.trainer.moment_changed.connect(self.again)

    def due(self) -> bool:
        return self._rest == 0 and self.context.trainer.step_count != self._step

    @Slot()
    def again(self) -> None:
        """Ask anew at once."""
        self._step, self._rest = None, 0

    def on_train(self, event: Event) -> None:
        super().on_train(event)
        if isinstance(event, Started):
            self.again()
        elif isinstance(event, Snapshot) and self.wanted()[0] in event.answers:
            self._step, self._rest = event.step, REST

    def on_tick(self) -> None:
        self._rest = max(0, self._rest - 1)
        super().on_tick()

    def offer(self, parts: Sizes, part: str) -> None:
        """Let somebody choose among these parts, of which one is shown."""
        self.pick.put([PARTS[name] for name, _ in parts], PARTS[part])
        self.pick.setEnabled(len(parts) > 1)

    @Slot(str)
    def _picked(self, word: str) -> None:
        self.part = next(name for name, title in PARTS.items() if title == word)
        self.again()
