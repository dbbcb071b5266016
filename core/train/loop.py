"""A training run as a generator of events: the worker thread, the command line and the tests drive it alike."""
from __future__ import annotations

import math
import time
import traceback
from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np

from core.engine.threads import at_work
from core.errors import CoreError, Problem
from core.train.answering import Answering
from core.train.checkpoints import Checkpoints, Timetable
from core.train.control import Control
from core.train.diagnosis import failure, most
from core.train.events import (
    CheckpointSaved,
    EpochDone,
    Event,
    Explained,
    Failed,
    Finished,
    Paused,
    Reason,
    Resumed,
    Started,
    Warned,
)
from core.train.rescue import Rescue
from core.train.rules import Ending
from core.train.session import Session
from core.train.slow import slow_step
from core.train.summary import early, restored, result


def train(session: Session, control: Control, *, run: int = 1,
          checkpoints: Checkpoints | None = None) -> Iterator[Event]:
    """Train `session` until its last epoch, or until `control` stops it. Can be called again to go on.

    At every event the session is whole: what is saved then goes on exactly. `checkpoints` save it on the way.
    Yields `Started` first and exactly one `Finished` or `Failed` last. Never raises.
    """
    batch = -(-len(session.parts.train) // session.rule.batches)
    try:
        with control.active(), at_work(session.network, batch):
            yield from _Run(session, control, run, checkpoints).events()
    except CoreError as error:
        yield Failed(run, error.problem)
    except MemoryError:
        yield Failed(run, Problem("train.memory", "There is not enough memory for this network.",
                                  hint="Make layers or batches smaller."))
    except Exception as error:
        bug = Problem("train.bug", f"Training stopped on an error of the program: {type(error).__name__}: {error}.",
                      hint="Save your work and report this.")
        yield Failed(run, bug, traceback.format_exc())


class _Run:
    def __init__(self, session: Session, control: Control, run: int, checkpoints: Checkpoints | None):
        self.session, self.control, self.run = session, control, run
        self.saving = Timetable(checkpoints, session) if checkpoints else None
        self.unsaved = ""
        self.rescue = Rescue(session.network.weights.flat, session.network.state.flat)
        self.answering = Answering(session, control, run)
        self.due = time.perf_counter()

    def events(self) -> Iterator[Event]:
        session, control = self.session, self.control
        yield Started(self.run, session.epoch, session.step, session.epochs, session.rule.batches,
                      session.network.parameters)
        self._remember()
        while True:
            if control.attention:
                yield from self._attend()
                if control.stopped:
                    yield from self._finish("stopped", f"Stopped {self._where()}.")
                    return
            if session.over:
                done = session.epoch >= session.epochs
                yield from self._finish("done", result(session)) if done else self._finish("early", early(session))
                return
            loss = (yield from self._slow_step()) if control.slow else self._batches()
            if not loss <= most(session):
                yield Failed(self.run, failure(session, loss, self.rescue))
                return
            if control.attention:
                control.spend("batch")
            if session.batch >= session.rule.batches:
                ended = yield from self._epoch_done()
                if ended:
                    return
            if session.moments is not None and session.moments.due():
                session.moments.keep()
            if self.saving is not None and self.saving.due():
                yield from self._save(self.saving)

    def _remember(self) -> None:
        """Keep the present state, where the past is kept."""
        if self.session.moments is not None:
            self.session.moments.keep()

    def _batches(self) -> float:
        """Run batches until the epoch ends or somebody asks for something. Gives the last loss."""
        session, control, rule = self.session, self.control, self.session.rule
        started, loss, scheduled = time.perf_counter(), 0.0, session.schedule is not None
        bound = most(session)
        with np.errstate(all="ignore"):
            if session.batch == 0:
                self.rescue.keep(session.step)
                rule.begin_epoch()
            end = self._end_of_batches()
            for batch in range(session.batch, end):
                if scheduled:
                    session.set_rate()
                loss = rule.step(batch)
                if not loss <= bound:
                    break
                session.batch += 1
                session.step += 1
                if control.attention:
                    break
            if math.isnan(session.first_loss) and loss <= bound:
                session.first_loss = loss
        session.seconds += time.perf_counter() - started
        return loss

    def _slow_step(self) -> Generator[Event, None, float]:
        """Run one batch and tell all about it. Gives its loss."""
        session = self.session
        self.control.told_slowly()
        if session.batch == 0:
            self.rescue.keep(session.step)
            session.rule.begin_epoch()
        if session.schedule is not None:
            session.set_rate()
        started = time.perf_counter()
        told, loss = slow_step(session)
        if loss <= most(session):
            session.batch += 1
            session.step += 1
            if math.isnan(session.first_loss):
                session.first_loss = loss
        session.seconds += time.perf_counter() - started
        yield Explained(self.run, told)
        return loss

    def _end_of_batches(self) -> int:
        """The batch of this epoch before which something is to be done."""
        session, end = self.session, self.session.rule.batches
        if math.isnan(session.first_loss):
            # The loss of one step is the measure of all that follow.
            return session.batch + 1
        if self.saving is not None:
            end = min(end, session.batch + self.saving.batches())
        if session.moments is not None:
            end = min(end, session.batch + session.moments.batches())
        return end

    def _epoch_done(self) -> Generator[Event, None, bool]:
        session = self.session
        session.epoch += 1
        session.batch = 0
        event = self._measure()
        verdict = session.rule.end_epoch()
        yield event
        if self.control.attention:
            self.control.spend("epoch")
        if isinstance(verdict, Problem):
            yield Warned(self.run, verdict)
        elif isinstance(verdict, Ending):
            yield from self._finish(verdict.reason, verdict.summary)
            return True
        self._keep_pace()
        return False

    def _measure(self) -> EpochDone:
        session = self.session
        loss, score = session.rule.totals()
        started = time.perf_counter()
        held_out = math.nan, math.nan
        if len(session.parts.validation):
            held_out = session.network.evaluate(session.parts.validation, session.validation_targets)
        session.seconds += time.perf_counter() - started
        row = (session.epoch, session.step, loss, score, *held_out, session.rate, session.seconds,
               session.rule.gradient_norm())
        session.note(row)
        return EpochDone(self.run, *row)

    def _attend(self) -> Iterator[Event]:
        """Do what was asked; stand still while paused or held."""
        session, control, told = self.session, self.control, False
        while True:
            changes, requests = control.take()
            session.change(**changes)
            if requests:
                for snapshot in self.answering.snapshots(requests):
                    yield snapshot
                    yield from self.answering.complaints()
            if control.stopped:
                return
            if control.paused and not told:
                told = True
                yield Paused(self.run, session.epoch, session.step)
                # Whoever heard it may have asked for something since.
                continue
            if not (control.paused or control.held):
                # Who let it go on while something was answered may have changed a setting for it.
                session.change(**control.take_changes())
                break
            control.wait()
        self.due = time.perf_counter()
        if told:
            yield Resumed(self.run, session.epoch, session.step)

    def _keep_pace(self) -> None:
        if self.control.pace <= 0.0:
            return
        now = time.perf_counter()
        self.due = max(self.due + 1.0 / self.control.pace, now - 0.05)
        if self.due - now > 0.002:
            self.control.nap(self.due - now)

    def _finish(self, reason: Reason, summary: str) -> Iterator[Event]:
        """End the run. One that was stopped is not over, so its weights stay those to go on from."""
        self._remember()
        if reason == "early":
            self.session.series.note(self.session.epoch, reason, summary)
        if reason != "stopped":
            summary = restored(self.session, summary)
            self.session.renew()
        if self.saving is not None:
            yield from self._save(self.saving)
        yield Finished(self.run, self.session.epoch, self.session.step, reason, summary)

    def _save(self, saving: Timetable) -> Iterator[Event]:
        """Save a checkpoint. A disk that is full does not end the training; it is told once."""
        try:
            yield CheckpointSaved(self.run, self.session.epoch, self.session.step, saving.save())
            self.unsaved = ""
        except CoreError as error:
            if error.problem.message != self.unsaved:
                self.unsaved = error.problem.message
                yield Warned(self.run, replace(error.problem, severity="warning"))

    def _where(self) -> str:
        return f"in epoch {self.session.epoch + 1:,}" if self.session.batch else f"after epoch {self.session.epoch:,}"
