"""What nodes compute, asked of the run for those in view, at most ten times a second."""
from __future__ import annotations

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot

from core.train.events import Event, Snapshot
from core.train.probes.points import Points
from core.train.probes.thumbnails import Thumbnails
from core.train.references import SampleRef
from core.train.request import Request
from gui.trainer import Trainer

EVERY = 0.1
# What is drawn rests for so many times as long as drawing it took.
RESTS = 30.0
PROBE = "thumbnails"
FINE = 64


class ThumbnailFeed(QObject):
    """Keeps the last answers: `found` for the cards, `close` and `points` for the one that is enlarged."""

    def __init__(self, trainer: Trainer, parent: QObject):
        super().__init__(parent)
        self.found: Thumbnails | None = None
        self.close: Thumbnails | None = None
        self.points: Points | None = None
        self.fresh = False
        self.cost = 0.0
        self._trainer = trainer
        self._answered = 0.0
        trainer.told.connect(self._take)
        trainer.state_changed.connect(self._forget)

    def requests(self, nodes: Iterable[str], columns: Iterable[str], sample: SampleRef,
                 enlarged: str | None) -> tuple[Request, ...]:
        """What to ask of the run for these nodes, of which `columns` are drawn as neurons, and for the one that is
        enlarged; nothing yet, if it has just answered and goes on."""
        names, drawn = tuple(sorted(nodes)), tuple(sorted(columns))
        rest = max(EVERY, RESTS * self.cost) * (2 if self._trainer.heavy else 1)
        if not names or (self._trainer.running and time.perf_counter() < self._answered + rest):
            return ()
        asked = [Request.of(PROBE, nodes=names, columns=drawn, sample=sample)]
        if enlarged is not None:
            within = (enlarged,) if enlarged in drawn else ()
            asked += [Request.of(PROBE, nodes=(enlarged,), columns=within, sample=sample, size=FINE),
                      Request.of("points")]
        return tuple(asked)

    @Slot(object)
    def _take(self, event: Event) -> None:
        if not isinstance(event, Snapshot):
            return
        for request, answer in event.answers.items():
            if isinstance(answer, Points):
                self.points = answer
            if request.probe != PROBE or not isinstance(answer, Thumbnails):
                continue
            if dict(request.arguments).get("size"):
                self.close = answer
            else:
                self.found = answer
            self.fresh, self._answered = True, time.perf_counter()

    @Slot(str)
    def _forget(self, state: str) -> None:
        """A network that cannot be trained computes nothing."""
        if state == "invalid":
            self.found = self.close = self.points = None
            self.fresh = True
