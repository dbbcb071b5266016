"""The only thread: sessions are made and trained here. Knows nothing of numerics; forwards events by one signal."""
from __future__ import annotations

import time
import traceback
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.datasets import describe
from core.errors import CoreError, Problem
from core.graph.document import Document
from core.graph.settings import LIVE
from core.train.control import Control
from core.train.events import EpochDone, Failed
from core.train.loop import train
from core.train.session import Session

KEPT = 8
EVERY = 1 / 30


@dataclass(frozen=True, slots=True)
class Task:
    """What the worker is to do: make the session of a document ready, and drive it as `control` says.

    Sessions are kept by `key`, the essence of their document; `anew` makes another one.
    """

    run: int
    document: Document
    key: Any
    control: Control
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A session is made; its series may be read from now on. `summary` is one line about the data."""

    run: int
    session: Session
    summary: str


def essence(document: Document, live: Iterable[str]) -> Any:
    """What a session depends on: two documents with the same essence share their weights.

    `live` names the nodes that lead to the output; the others do not matter.
    """
    chosen = frozenset(live)
    nodes = frozenset((n.id, n.kind, n.frozen, _frozen(n.params)) for n in map(document.nodes.__getitem__, chosen))
    edges = frozenset(edge for edge in document.edges if edge.target in chosen)
    training = {k: v for k, v in document.training.items() if k not in LIVE}
    return nodes, edges, _frozen(document.data), _frozen(training)


def _frozen(values: Any) -> Any:
    return tuple(sorted((name, repr(value)) for name, value in values.items()))


class Runner(QObject):
    """Lives in the worker thread. Keeps the newest sessions, so that undo brings trained weights back."""

    told = Signal(object)
    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sessions: OrderedDict[Any, Session] = OrderedDict()

    @Slot(object)
    def work(self, task: Task) -> None:
        """Make the session ready and train it until the run ends. Never raises."""
        if not task.control.stopped:
            self._work(task)
        self.idle.emit()

    def _work(self, task: Task) -> None:
        try:
            session = self._session(task)
        except CoreError as error:
            self.told.emit(Failed(task.run, error.problem))
            return
        except Exception as error:
            bug = Problem("train.bug", f"The network cannot be made ready: {type(error).__name__}: {error}.")
            self.told.emit(Failed(task.run, bug, traceback.format_exc()))
            return
        self.told.emit(Ready(task.run, session, describe(session.parts)))
        self._drive(session, task)

    def _session(self, task: Task) -> Session:
        if task.anew:
            self._sessions.pop(task.key, None)
        if task.key not in self._sessions:
            self._sessions[task.key] = Session(task.document)
            while len(self._sessions) > KEPT:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(task.key)
        session = self._sessions[task.key]
        session.change(**{name: task.document.training[name] for name in LIVE})
        return session

    def _drive(self, session: Session, task: Task) -> None:
        """Forward every event, but no more epochs a second than can be seen; the series holds them all."""
        held: EpochDone | None = None
        last = 0.0
        for event in train(session, task.control, run=task.run):
            if isinstance(event, EpochDone):
                now = time.perf_counter()
                if now - last < EVERY:
                    held = event
                    continue
                last, held = now, None
            elif held is not None:
                self.told.emit(held)
                held = None
            self.told.emit(event)


class Worker(QObject):
    """The thread with its runner, as the GUI thread sees it."""

    told = Signal(object)
    idle = Signal()
    _ask = Signal(object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("training")
        self._runner = Runner()
        self._runner.moveToThread(self._thread)
        self._ask.connect(self._runner.work)
        self._runner.told.connect(self.told)
        self._runner.idle.connect(self.idle)

    def do(self, task: Task) -> None:
        """Queue a task. The thread starts with the first one."""
        if not self._thread.isRunning():
            self._thread.start()
        self._ask.emit(task)

    def close(self, milliseconds: int) -> bool:
        """End the thread; the running task's control must have been stopped. False if it did not end in time."""
        self._thread.quit()
        return self._thread.wait(milliseconds)
