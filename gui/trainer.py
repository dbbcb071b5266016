"""The run as the window sees it: one object with a state, commands and one signal of events."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.errors import FormatError, Problem
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.settings import LIVE
from core.io.bundle import Bundle
from core.layers import Shape
from core.preprocessing import Explained
from core.train.control import Control
from core.train.events import EpochDone, Event, Failed, Finished, Paused, Resumed, Snapshot, Started, Warned
from core.train.moments import BUDGET
from core.train.request import Request
from core.train.series import Series
from gui.between_steps import BetweenSteps
from gui.lineage import Lineage, what_is_lost
from gui.sample_rate import SampleRate
from gui.worker import Ready, Task, Worker

if TYPE_CHECKING:
    from core.train.session import Session

SETTLE = 150
# Seconds.
LONG_STEP = 0.0005


class Trainer(QObject):
    """Keeps a session ready for the present document and runs it. After an edit, what was learned goes on as far as
    it fits, and a run goes on by itself.

    States: "invalid" (the document has problems), "preparing", "ready" (nothing trained yet), "running", "paused",
    "finished" (the last epoch is done, or training failed).

    `moment` is the step that somebody looks back at, or None; all snapshots are of it then. `left_behind` carries the
    `Past` of a run that was given up: by a reset, by going back, or because the network or its data became another.
    """

    told = Signal(object)
    state_changed = Signal(str)
    moment_changed = Signal()
    left_behind = Signal(object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.state = "invalid"
        self.problem: Problem | None = None
        self.data_summary = ""
        self.epoch = self.step_count = self.epochs = 0
        self._rate = SampleRate()
        self._worker = Worker(self)
        self._worker.told.connect(self._on_event)
        self._session: Session | None = None
        self._document: Document | None = None
        self._lineage = Lineage()
        self._pending: Bundle | None = None
        self._pending_name = ""
        self._control = Control()
        self._run = 0
        self._requests: frozenset[Request] = frozenset()
        self._pace = 0.0
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._prepare)
        self._wish = ""
        self._mode = ""
        self._going = False
        self._standing = False
        self._told_of: Session | None = None
        self._told: tuple[str, ...] = ()
        self.moment: int | None = None
        self.budget = BUDGET

    @property
    def series(self) -> Series | None:
        """The history of the present session, or None while there is none."""
        return self._session.series if self._session else None

    @property
    def samples_per_second(self) -> float:
        return self._rate.value

    @property
    def running(self) -> bool:
        return self.state == "running"

    @property
    def heavy(self) -> bool:
        """True while a network is trained of which a step takes long: it changes slowly, and to draw costs it time."""
        session = self._session
        return self.running and session is not None and session.seconds > LONG_STEP * max(1, session.step)

    # What the window tells

    def follow(self, diff: Diff, document: Document, report: Report, revision: int, *, opened: bool = False) -> None:
        """The document changed: change live settings at once, make a new session ready if it needs one.

        `revision` is that of the history. With `opened` it is another document, not the next state of the same one.
        """
        old, self._document = self._document, document
        if opened:
            self._lineage.open()
            self._going = False
            self.epoch = self.step_count = 0
        self._lineage.lost(node.id for node in diff.removed)
        if opened or old is None or old.training["epochs"] != document.training["epochs"]:
            self.epochs = document.training["epochs"]
        if not report.ok:
            self._settle.stop()
            self._pending, self._session, self._going = None, None, self._trains()
            self._end_run()
            self._go("invalid")
            return
        going = self._trains() and self._lineage.goes_on(document)
        if self._lineage.turn(revision, document, report.live) or self.state == "invalid":
            self._pending, self._going = None, False
            self._end_run()
            self._wish = "go_on" if going else ""
            self._go("preparing")
            self._settle.start()
        elif diff.training and old is not None:
            self._control.change(**{name: document.training[name] for name in LIVE
                                    if document.training[name] != old.training[name]})

    def want(self, requests: Iterable[Request], anew: Iterable[Request] | None = None) -> None:
        """Answer these requests from now on, as `Control.want` does."""
        self._requests = frozenset(requests)
        self._control.want(self._requests, anew)

    def look(self) -> None:
        """Ask for one snapshot of what is wanted."""
        if self.state == "running":
            self._control.look()

    def hold(self) -> None:
        """Let the run stand still while the window draws."""
        if self.state == "running":
            self._control.hold()

    def release(self) -> None:
        """End `hold`."""
        self._control.release()

    # Commands

    def toggle(self) -> None:
        """Train, or pause. After the last epoch: train as many epochs again."""
        if self.state == "running":
            self._control.pause()
        else:
            self._begin("resume")

    def step(self) -> None:
        """Train one batch."""
        self._begin("step")

    def explain(self) -> None:
        """Train one batch, and tell all about it by the event `Explained`."""
        self._begin("explain")

    def one_epoch(self) -> None:
        """Train to the end of one epoch."""
        self._begin("epoch")

    def stop(self) -> None:
        """End the run. What was learned stays, and training can go on from it."""
        if self.state in ("running", "paused"):
            self._control.stop()

    def reset(self) -> None:
        """Draw the first weights anew."""
        if self._document is not None and self.state != "invalid":
            self._end_run()
            self._go("preparing")
            self._prepare(anew=True)

    def set_pace(self, epochs_per_second: float) -> None:
        """Train no faster than this; 0 is as fast as the machine can."""
        self._pace = epochs_per_second
        self._control.set_pace(epochs_per_second)

    @property
    def moments(self) -> tuple[int, ...]:
        """The steps at which the past of the present session was kept, ascending."""
        # Read once: the worker takes its past from a session that is not the present one any more.
        kept = self._session.moments if self._session is not None else None
        return kept.steps if kept is not None else ()

    def view(self, step: int | None) -> None:
        """Let all snapshots be of the moment kept at this step, or, with None, of the present."""
        if step != self.moment:
            self.moment = step
            self._control.view(step)
            self.moment_changed.emit()

    def go_back(self, step: int | None) -> None:
        """Branch: train on from the moment kept at this step; what came later is left behind. None returns to where the
        session stood when it went back last, paused, if it did."""
        forth, present = step is None, self._present
        if self._document is not None and present is not None and not (forth and present.session.left is None):
            self._end_run()
            self._go("preparing")
            self._settle.stop()
            self._wish = "" if forth else "resume"
            self._launch(self._document, back=step, forth=forth)

    def weights(self) -> dict[str, np.ndarray] | None:
        """Copies of all weights and running means by "node.name", between two steps; None without a session."""
        return BetweenSteps(self._session, self._control).weights() if self._session is not None else None

    def shapes(self) -> dict[str, Shape]:
        """The shapes of what `weights` gives, without waiting for a step to end; empty without a session."""
        return self._session.network.shapes() if self._session is not None else {}

    def learned(self) -> tuple[str, ...]:
        """What each step of preprocessing has learned of the training part, in a line; empty without a session."""
        if self._session is not self._told_of:
            fitted = self._session.parts.chain.fitted if self._session is not None else ()
            self._told_of, self._told = self._session, tuple(s.explain() for s in fitted if isinstance(s, Explained))
        return self._told

    def bundle(self, document: Document) -> Bundle:
        """The document with its weights and all that training needs to go on, between two steps, as far as there is
        any of it."""
        if self._pending is not None:
            return replace(self._pending, document=document)
        present = self._present
        return present.bundle(document) if present is not None else Bundle(document, {}, None)

    def adopt(self, bundle: Bundle, name: str) -> None:
        """Go on from a bundle of the present document, which was read from the file `name`."""
        if bundle.memory is None:
            return
        self._pending, self._pending_name = bundle, name
        if self.state != "invalid":
            self._end_run()
            self._go("preparing")
            self._prepare()

    def load_weights(self, arrays: Mapping[str, np.ndarray], name: str) -> str:
        """Take over what fits of the weights in the file `name`, node by node; one sentence that says what did.

        Raises FormatError, and changes nothing, if nothing fits, or if there is no network ready to take them.
        """
        present = self._present
        if present is None:
            raise FormatError(Problem("weights.none", "There is no network ready to take weights.",
                                      hint="Mend the problems first."))
        self.view(None)
        return present.load(arrays, name)

    def set_weight(self, node: str, name: str, index: tuple[int, ...], value: float) -> float | None:
        """Set one weight between two steps; training goes on from it. Gives what it was, or None if there is no such
        weight at present. Raises ParamError for a number that no weight can be."""
        present = self._present
        if present is None:
            return None
        self.view(None)
        return present.put(node, name, index, value)

    def shutdown(self, milliseconds: int = 5000) -> bool:
        """End run and thread. False if the present step did not end in time."""
        self._settle.stop()
        self._end_run()
        return self._worker.close(milliseconds)

    # Inside

    @property
    def _present(self) -> BetweenSteps | None:
        """The session of the present document, or None while none is ready."""
        if self._session is None or self.state in ("invalid", "preparing"):
            return None
        return BetweenSteps(self._session, self._control)

    def _begin(self, what: str) -> None:
        if self.state == "invalid":
            return
        session = self._session
        self.view(None)
        self._mode = "resume" if what == "go_on" else what
        if self.state == "preparing" or session is None or not self._standing:
            self._wish = what
            return
        if session.over and what == "go_on":
            return
        if session.over:
            done = session.epoch >= session.epochs
            again = what == "resume" and done and self._document is not None
            more = self._document.training["epochs"] if again and self._document is not None else 1
            self._control.change(more=more)
            self.epochs = max(session.epochs, session.epoch + more)
        getattr(self._control, self._mode)()

    def _trains(self) -> bool:
        """True if training goes on until somebody ends it, or did before the document had problems."""
        return self._going or self._wish in ("resume", "go_on") or (self.running and self._mode == "resume")

    def _end_run(self) -> None:
        self.view(None)
        self._control.stop()
        self._run += 1
        self._wish = ""

    @Slot()
    def _prepare(self, *, anew: bool = False) -> None:
        self._settle.stop()
        if self._document is not None:
            self._launch(self._document, anew=anew)

    def _launch(self, document: Document, *, anew: bool = False, back: int | None = None,
                forth: bool = False) -> None:
        """Start a run that stands still: it answers requests, and trains when it is told to."""
        self._run += 1
        self._standing = False
        self._control = Control(paused=True)
        self._control.view(self.moment)
        self._control.want(self._requests)
        self._control.set_pace(self._pace)
        bundle = None if anew else self._pending
        self._worker.do(Task(self._run, document, self._lineage.key, self._control, anew, bundle, self._pending_name,
                             self._lineage.source, frozenset(self._lineage.gone), back, forth, self.budget))

    @Slot(object)
    def _on_event(self, event: Ready | Event) -> None:
        if event.run != self._run:
            return
        if isinstance(event, Ready):
            source = self._lineage.source
            if event.taken is not None and source is not None and source.step and self._document is not None:
                lost = what_is_lost(event.taken, source.document, self._document)
                if lost is not None:
                    self.told.emit(Warned(self._run, lost))
            self._lineage.made(event.session)
            self._session, self.data_summary, self._pending = event.session, event.summary, None
            if self.state == "preparing":
                self.problem = None
            if event.past is not None:
                self.left_behind.emit(event.past)
            return
        self._count(event)
        self._standing |= isinstance(event, Paused)
        if self.state == "finished" and isinstance(event, (Started, Paused)):
            self._grant()
            return
        match event:
            case Paused():
                self._go("paused" if event.step else "ready")
                self._control.look()
            case Resumed():
                self._rate.begin(event.step)
                self.problem = None
                self._go("running")
            case Failed(problem=problem):
                self.problem = problem
                self._end(event)
            case Finished():
                self._end(event)
        self.told.emit(event)
        if isinstance(event, Paused):
            self._grant()

    def _grant(self) -> None:
        """Do what was asked for before the run was there to do it."""
        if self._wish and self._standing:
            wish, self._wish = self._wish, ""
            self._begin(wish)

    def _end(self, event: Finished | Failed) -> None:
        """The run is over; another one, standing still, answers requests. If that fails too, there is none."""
        resting = self.state == "finished"
        self._go("finished")
        if self._session is not None and self._document is not None and not resting:
            self._launch(self._document)

    def _count(self, event: Event) -> None:
        if isinstance(event, Started):
            self.epochs = event.epochs
        if isinstance(event, (Started, EpochDone, Snapshot, Paused, Finished)) and not getattr(event, "past", False):
            self.epoch, self.step_count = event.epoch, event.step
        if isinstance(event, (EpochDone, Snapshot)) and self._session is not None and self.running:
            self._rate.see(self.step_count, len(self._session.parts.train) / self._session.rule.batches)

    def _go(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
