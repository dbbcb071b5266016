"""The only thread: sessions are made and trained here. Knows nothing of numerics; forwards events by one signal."""
from __future__ import annotations

import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.datasets import CancelledError, describe, working
from core.datasets import Task as Slow
from core.errors import CoreError, Problem
from core.graph.document import Document
from core.graph.redrawn import same_data
from core.graph.settings import LIVE
from core.io.bundle import Bundle
from core.train.control import Control
from core.train.events import EpochDone, Failed, Warned
from core.train.moments import BUDGET, Moments
from core.train.past import Past, past_of
from core.train.takeover import Taken, comparable, take_over

if TYPE_CHECKING:
    from core.train.session import Session

KEPT = 8
# Bytes of samples that the sessions may hold on to, beside those of the present one.
HELD = 1 << 30
EVERY = 1 / 30


@dataclass(frozen=True, slots=True)
class Task:
    """What the worker is to do: make the session of a document ready, and drive it as `control` says.

    Sessions are kept by `key`; `anew` makes another one, and so does a `bundle`, which was read from the file `name`
    and is gone on from. Any other new session takes over from `source`, if there is one, what fits, but not what
    belongs to nodes that were deleted since, which are `gone`. With `back` the session goes back to what it was at that
    step, with `forth` to where it stood before that. The past of a session may need `budget` bytes, and those of all
    others together as many again.
    """

    run: int
    document: Document
    key: int
    control: Control
    anew: bool = False
    bundle: Bundle | None = None
    name: str = ""
    source: Session | None = None
    gone: frozenset[str] = frozenset()
    back: int | None = None
    forth: bool = False
    budget: int = BUDGET


@dataclass(frozen=True, slots=True)
class Ready:
    """A session is made; its series may be read from now on. `summary` is one line about the data.

    `taken` says what it took over, if it was just made to go on from another one; `past` is the run that was left
    behind for it.
    """

    run: int
    session: Session
    summary: str
    taken: Taken | None = None
    past: Past | None = None


class Runner(QObject):
    """Lives in the worker thread. Keeps the newest sessions, so that undo brings trained weights back."""

    told = Signal(object)
    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sessions: OrderedDict[int, Session] = OrderedDict()
        self._live: dict[int, dict[str, Any]] = {}
        self._taken: Taken | None = None
        self._past: Past | None = None

    @Slot(object)
    def work(self, task: Task) -> None:
        """Make the session ready and train it until the run ends. Never raises."""
        if not task.control.stopped:
            self._work(task)
        self.idle.emit()

    def _work(self, task: Task) -> None:
        self._taken, self._past = None, None
        try:
            session = self._session(task)
        except CoreError as error:
            self.told.emit(Failed(task.run, error.problem))
            return
        except Exception as error:
            bug = Problem("train.bug", f"The network cannot be made ready: {type(error).__name__}: {error}.")
            self.told.emit(Failed(task.run, bug, traceback.format_exc()))
            return
        self.told.emit(Ready(task.run, session, describe(session.parts), self._taken, self._past))
        self._drive(session, task)

    def _session(self, task: Task) -> Session:
        """The session of the document, with those live settings that have changed since it was last wanted."""
        key, live = task.key, {name: task.document.training[name] for name in LIVE}
        if task.anew or task.bundle is not None or key not in self._sessions:
            if task.anew:
                self._past = past_of(self._sessions.get(key))
            self._sessions[key], self._live[key] = self._made(task), live
        self._sessions.move_to_end(key)
        while len(self._sessions) > KEPT or (len(self._sessions) > 1 and self._held() > HELD):
            del self._live[self._sessions.popitem(last=False)[0]]
        session = self._sessions[key]
        session.change(**{name: value for name, value in live.items() if value != self._live[key][name]})
        self._live[key] = live
        if session.moments is None:
            session.moments = Moments(session, task.budget)
        self._forget_pasts(session, task.budget)
        self._travel(session, task)
        return session

    def _travel(self, session: Session, task: Task) -> None:
        moment = None if task.back is None or session.moments is None else session.moments.at(task.back)
        if moment is not None or task.forth:
            self._past = past_of(session, left=True)
        if moment is not None:
            session.go_back(moment)
        elif task.forth:
            session.go_forth()

    def _forget_pasts(self, present: Session, budget: int) -> None:
        """All sessions but the present one share one budget for what they keep of their past; the oldest give it up.
        What they keep for views, such as passes that are watched, is made anew when they are looked at again."""
        others = [s for s in self._sessions.values() if s is not present]
        for session in others:
            session.cache.clear()
        while sum(session.past_nbytes for session in others) > budget:
            others.pop(0).forget_past()

    def _held(self) -> int:
        """The bytes of the samples of all sessions; those of the same data share them."""
        return sum({id(session.parts): session.parts.nbytes for session in self._sessions.values()}.values())

    def _made(self, task: Task) -> Session:
        """A new session: that of the bundle, or a fresh one if there is none, or if it cannot be gone on from."""
        # Imported here, in this thread: the window is on the screen before the engine is there.
        from core.train.session import Session

        if task.bundle is not None:
            from core.io import checkpoints

            try:
                return checkpoints.resume(task.bundle, task.document, name=task.name)
            except CoreError as error:
                fresh = replace(error.problem, severity="warning", hint="Training starts anew.")
                self.told.emit(Warned(task.run, fresh))
        return Session(task.document) if task.source is None or task.anew else self._continued(task, task.source)

    def _continued(self, task: Task, source: Session) -> Session:
        """A new session that goes on from `source` as far as it can."""
        from core.train.session import Session

        if not comparable(source.document, task.document):
            self._taken, self._past = Taken((), ()), past_of(source)
            return Session(task.document)
        parts = source.parts if same_data(source.document.data, task.document.data) else None
        session = Session(task.document, parts=parts)
        self._taken = take_over(session, source, gone=task.gone)
        return session

    def _drive(self, session: Session, task: Task) -> None:
        """Forward every event, but no more epochs a second than can be seen; the series holds them all."""
        held: EpochDone | None = None
        last = 0.0
        from core.train.loop import train

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


@dataclass(frozen=True, slots=True)
class Job:
    """Slow work on data: `work` is called with `task` in the thread for data. `number` tells jobs apart."""

    number: int
    work: Callable[[Slow], Any]
    task: Slow


@dataclass(frozen=True, slots=True)
class Outcome:
    """A job ended: its result, or the problem why there is none, or neither if it was stopped."""

    number: int
    result: Any = None
    problem: Problem | None = None
    trace: str = ""


class Clerk(QObject):
    """Lives in the thread for data, and does one job after another. Never raises."""

    ended = Signal(object)

    @Slot(object)
    def work(self, job: Job) -> None:
        try:
            job.task.tell()
            with working(job.task):
                outcome = Outcome(job.number, job.work(job.task))
        except CancelledError:
            outcome = Outcome(job.number)
        except CoreError as error:
            outcome = Outcome(job.number, problem=error.problem)
        except MemoryError:
            outcome = Outcome(job.number, problem=Problem("data.memory", "There is not enough memory for these data.",
                                                          hint="Choose a smaller file, or close other programs."))
        except BaseException as error:
            # A panic of polars is no Exception; whoever asked must hear of it all the same.
            bug = Problem("data.bug", f"The data cannot be read: {type(error).__name__}: {error}.")
            outcome = Outcome(job.number, problem=bug, trace=traceback.format_exc())
        self.ended.emit(outcome)


class DataWorker(QObject):
    """The thread that reads and counts data, as the GUI thread sees it. `told` carries the number of a job, a text and
    the share that is done (None if that is not known)."""

    ended = Signal(object)
    told = Signal(int, str, object)
    _ask = Signal(object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("data")
        self._clerk = Clerk()
        self._clerk.moveToThread(self._thread)
        self._ask.connect(self._clerk.work)
        self._clerk.ended.connect(self.ended)
        self._number = 0

    def do(self, work: Callable[[Slow], Any]) -> Job:
        """Queue a job. The thread starts with the first one."""
        self._number += 1
        number = self._number
        job = Job(number, work, Slow(lambda text, share: self.told.emit(number, text, share)))
        if not self._thread.isRunning():
            self._thread.start()
        self._ask.emit(job)
        return job

    def close(self, milliseconds: int) -> bool:
        """End the thread; the running job must have been stopped. False if it did not end in time."""
        self._thread.quit()
        return self._thread.wait(milliseconds)


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
