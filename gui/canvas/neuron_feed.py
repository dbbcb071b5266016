"""The weights that are drawn as lines: asked of the run for nodes in view, at most ten times a second."""
from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from core.train.events import Event, Snapshot
from core.train.probes.neurons import Lines
from core.train.request import Request
from gui.trainer import Trainer

EVERY = 0.1
PROBE = "neurons"

T = TypeVar("T")


class NeuronFeed(QObject):
    """Keeps the last answer for each node, and which of them are new."""

    def __init__(self, trainer: Trainer, parent: QObject):
        super().__init__(parent)
        self.lines: dict[str, Lines] = {}
        self.fresh: set[str] = set()
        self._trainer = trainer
        self._answered = 0.0
        trainer.told.connect(self._take)
        trainer.state_changed.connect(self._forget)

    def requests(self, nodes: Iterable[str]) -> tuple[Request, ...]:
        """What to ask of the run for these nodes; nothing yet, if it has just answered and goes on."""
        if self._trainer.running and time.perf_counter() < self._answered + EVERY:
            return ()
        return tuple(Request.of(PROBE, node=name) for name in nodes)

    def weight(self, node: str, row: int | None, column: int) -> float | None:
        """The weight between two neurons that are drawn, by their places, or the bias (`row` None) of one."""
        found = self.lines.get(node)
        values = None if found is None else found.biases if row is None else _at(found.weights, row)
        return None if values is None else _at(values, column)

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Snapshot):
            found = [answer for answer in event.answers.values() if isinstance(answer, Lines)]
            self.lines |= {answer.node: answer for answer in found}
            self.fresh |= {answer.node for answer in found}
            if found:
                self._answered = time.perf_counter()

    @Slot(str)
    def _forget(self, state: str) -> None:
        """A network that cannot be trained has no weights."""
        if state == "invalid":
            self.fresh |= self.lines.keys()
            self.lines.clear()


def _at(values: list[T], place: int) -> T | None:
    return values[place] if 0 <= place < len(values) else None
