"""t-SNE in the thread for data, told as it goes on."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.datasets import Task
from core.errors import Problem
from core.statistics import Neighbours, tsne
from gui.desk import Desk

TOPIC = "embedding.tsne"


class Job:
    """`state` is the newest one, None before the first; `busy` is True until the last has come."""

    def __init__(self, desk: Desk, outputs: np.ndarray, perplexity: float, failed: Callable[[Problem], None]):
        self.state: Neighbours | None = None
        self.busy = True
        self._desk = desk

        def work(task: Task) -> None:
            task.tell("Arranging neighbours", 0.0)
            for state in tsne(outputs, perplexity):
                # Whoever draws takes it from here: a state is not changed any more.
                self.state = state
                task.tell("Arranging neighbours", state.done / state.rounds)

        def lost(problem: Problem) -> None:
            self.busy = False
            failed(problem)

        desk.ask(TOPIC, work, lambda _: self._end(), lost)

    def _end(self) -> None:
        self.busy = False

    def stop(self) -> None:
        """Leave it as it is."""
        if self.busy:
            self.busy = False
            self._desk.stop(TOPIC)
