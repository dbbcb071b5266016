"""Marks on nodes that are not well while they learn: what is asked of the run, and when it is believed."""
from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal, Slot

from core.errors import Problem
from core.graph.document import Diff, Document
from core.train.events import Event, Snapshot
from core.train.probes.health import Health as Answer
from core.train.request import Request
from gui.canvas.companion import Companion

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.trainer import Trainer

PROBE = "health"
EVERY = 1.0
# A finding has to hold in so many looks to be shown, and to be gone in as many to vanish.
LOOKS = 2
ASK = (Request.of(PROBE),)


class HealthFeed(QObject):
    """Asks while training goes on about once a second; at rest until nothing new can come. `found` is what is shown."""

    changed = Signal()

    def __init__(self, trainer: Trainer, parent: QObject):
        super().__init__(parent)
        self.found: dict[str, Problem] = {}
        self._trainer = trainer
        self._streak: dict[str, int] = {}
        self._answered = 0.0
        self._looks = 0
        trainer.told.connect(self._take)
        trainer.state_changed.connect(self._turn)
        trainer.moment_changed.connect(self.again)

    def requests(self) -> tuple[Request, ...]:
        """What to ask of the run now."""
        if self._trainer.running:
            return ASK if time.perf_counter() >= self._answered + EVERY else ()
        return ASK if self._looks < LOOKS else ()

    @Slot()
    def again(self) -> None:
        """Something else is to be looked at."""
        self._looks = 0

    @Slot(object)
    def _take(self, event: Event) -> None:
        answer = event.answers.get(ASK[0]) if isinstance(event, Snapshot) else None
        if isinstance(answer, Answer):
            self._answered = time.perf_counter()
            self._looks += 1
            self._believe({problem.node: problem for problem in answer.findings if problem.node})

    def _believe(self, seen: dict[str, Problem]) -> None:
        """Take what has been seen often enough, and leave what has been gone as often."""
        before = dict(self.found)
        for node in seen.keys() | self._streak.keys() | self.found.keys():
            there, shown = node in seen, node in self.found
            self._streak[node] = self._streak.get(node, 0) + 1 if there != shown else 0
            if there and (shown or self._streak[node] >= LOOKS):
                self.found[node] = seen[node]
                self._streak[node] = 0
            elif shown and self._streak[node] >= LOOKS:
                del self.found[node]
        self._streak = {node: count for node, count in self._streak.items() if count}
        if self.found != before:
            self.changed.emit()

    @Slot(str)
    def _turn(self, state: str) -> None:
        self._looks = 0
        if state in ("invalid", "preparing"):
            self.found, self._streak = {}, {}
            self.changed.emit()


class HealthMarks(Companion):
    """Keeps the marks on the cards equal to what is found."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.feed = HealthFeed(scene.context.trainer, scene)
        self.feed.changed.connect(self._show)

    def requests(self, view: QRectF, zoom: float) -> tuple[Request, ...]:
        return self.feed.requests()

    def follow(self, diff: Diff, document: Document) -> None:
        self.feed.again()
        self._show()

    def _show(self) -> None:
        for name, item in self.scene.nodes.items():
            problem = self.feed.found.get(name)
            item.show_health(() if problem is None else (problem,))
