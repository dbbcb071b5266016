"""Slow work on data as the window sees it: files are read aside, and whoever asked is told when that is done."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from core.datasets import Dataset, Task, survey
from core.errors import Problem
from gui.worker import DataWorker, Job, Outcome


@dataclass(slots=True)
class _Wait:
    job: Job
    topic: str
    done: Callable[[Any], None]
    failed: Callable[[Problem], None]


class Desk(QObject):
    """Does jobs one after another in a thread of its own. `busy_changed` carries what is being done, "" for nothing,
    and the share that is done, or None; `told` carries the same with the topic before it."""

    busy_changed = Signal(str, object)
    told = Signal(str, str, object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._worker = DataWorker(self)
        self._worker.ended.connect(self._on_end)
        self._worker.told.connect(self._on_told)
        self._waiting: dict[int, _Wait] = {}

    @property
    def busy(self) -> bool:
        """True while any job is not done."""
        return bool(self._waiting)

    def ask(self, topic: str, work: Callable[[Task], Any], done: Callable[[Any], None],
            failed: Callable[[Problem], None]) -> None:
        """Call `work` in the thread for data, then `done` with its result or `failed` with the reason, in this one.

        Nobody waits for what was asked for under the same `topic` before: it is stopped, and not reported.
        """
        self.stop(topic)
        job = self._worker.do(work)
        self._waiting[job.number] = _Wait(job, topic, done, failed)
        self._tell()

    def survey(self, dataset: Dataset, done: Callable[[Any], None], failed: Callable[[Problem], None]) -> None:
        """Get to know a data set that lies in files."""
        self.ask("survey", lambda task: survey(dataset, task), done, failed)

    def stop(self, topic: str) -> None:
        """Stop what was asked for under `topic`, if it is not done yet."""
        for number, wait in list(self._waiting.items()):
            if wait.topic == topic:
                wait.job.task.stop()
                del self._waiting[number]
        self._tell()

    def shutdown(self, milliseconds: int = 5000) -> bool:
        """Stop all jobs and end the thread. False if the running one did not end in time."""
        for wait in self._waiting.values():
            wait.job.task.stop()
        self._waiting.clear()
        return self._worker.close(milliseconds)

    @Slot(object)
    def _on_end(self, outcome: Outcome) -> None:
        wait = self._waiting.pop(outcome.number, None)
        if wait is None:
            return
        self._tell()
        if outcome.problem is not None:
            wait.failed(outcome.problem)
        else:
            wait.done(outcome.result)

    @Slot(int, str, object)
    def _on_told(self, number: int, text: str, share: float | None) -> None:
        if number in self._waiting:
            self.busy_changed.emit(text or "Reading data", share)
            self.told.emit(self._waiting[number].topic, text, share)

    def _tell(self) -> None:
        if not self._waiting:
            self.busy_changed.emit("", None)
