"""What a run answers to those who look at it."""
from __future__ import annotations

import time
import traceback
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from core.errors import Problem
from core.train.control import Control
from core.train.events import Snapshot, SoFar, Warned
from core.train.probes import NotApplicable, answer
from core.train.request import Request
from core.train.session import Session

# An answer that takes longer than LONG seconds gets at most LONGEST_SHARE of the time of a run.
LONG = 0.01
LONGEST_SHARE = 0.01
# Seconds of answers that somebody waits for who looks at a run that stands still, before the first can be seen.
FIRST = 0.01
# Requests that are remembered: whoever moves about in a map asks another one with every move.
MOST = 256


class Answering:
    """Asks the probes, and keeps account of the time that this takes."""

    def __init__(self, session: Session, control: Control, run: int):
        self._session, self._control, self._run = session, control, run
        self._rested: dict[Request, float] = {}
        self._took: dict[Request, float] = {}
        self._excused: set[Request] = set()
        self._told: dict[Request, Any] = {}
        self._broken: dict[Request, NotApplicable] = {}
        self._complaints: list[Warned] = []
        self._looking = 0.0
        self._begun = time.perf_counter()

    def snapshots(self, requests: frozenset[Request]) -> Iterator[Snapshot]:
        """Answer what was asked. While training goes on, what took long rests before it is answered again, and what is
        the same as before is not told twice. While it stands still, what is quick to answer comes first and the rest
        one by one, until something else is asked."""
        self._forget(requests)
        anew, known = self._control.take_anew(), self._told
        if not self._control.paused:
            self._told = {request: known[request] for request in known.keys() & requests if request not in anew}
            yield self._snapshot(requests)
            return
        self._told = {}
        ranked = sorted(requests, key=lambda request: self._took.get(request, 0.0))
        ends = list(accumulate(self._took.get(request, 0.0) for request in ranked))
        quick = bisect_right(ends, FIRST)
        yield self._snapshot(ranked[:quick])
        for request in ranked[quick:]:
            self._control.give_way()
            if self._control.overtaken:
                return
            yield self._snapshot([request])

    def _forget(self, requests: frozenset[Request]) -> None:
        """Once too many are remembered: all that nobody asks any more."""
        if len(self._took) > MOST:
            for remembered in (self._took, self._rested, self._broken):
                for gone in remembered.keys() - requests:
                    del remembered[gone]

    def _snapshot(self, requests: Iterable[Request]) -> Snapshot:
        session, viewing = self._session, self._control.viewing
        if session.moments is None or viewing is None:
            return Snapshot(self._run, session.epoch, session.step, self._answers(requests), self._share(),
                            so_far=_so_far(session))
        with session.moments.shown(viewing) as moment:
            seen = session.seen
            return Snapshot(self._run, seen.epoch, seen.step, self._answers(requests), self._share(),
                            moment is not None)

    def complaints(self) -> list[Warned]:
        """What went wrong in the last snapshot."""
        told, self._complaints = self._complaints, []
        return told

    def _answers(self, requests: Iterable[Request]) -> dict[Request, Any]:
        answers: dict[Request, Any] = {}
        for request in requests:
            started = time.perf_counter()
            if started >= self._rested.get(request, 0.0) or self._control.paused:
                found = self._answer(request)
                if request not in self._told or self._told[request] is not found:
                    answers[request] = self._told[request] = found
                spent = time.perf_counter() - started
                cost = self._cost(request, spent)
                self._looking += spent
                self._rested.pop(request, None)
                # What somebody looks at before a run goes on costs the run nothing; the first time is slow by itself.
                if cost > LONG and not self._control.paused:
                    self._rested[request] = started + cost / LONGEST_SHARE
                    self._excused.discard(request)
        return answers

    def _cost(self, request: Request, spent: float) -> float:
        """What an answer counts as having cost. One that is slower than the one before counts as that one: it may be
        slow by chance, because the machine was busy. That excuse holds once between two rests."""
        before, self._took[request] = self._took.get(request, spent), spent
        if spent <= before or request in self._excused:
            return spent
        self._excused.add(request)
        return before

    def _answer(self, request: Request) -> Any:
        """What a probe says. One that fails does not end the training: nobody asks it again, and that is told once."""
        if request in self._broken:
            return self._broken[request]
        try:
            return answer(self._session, request)
        except MemoryError:
            self._broken[request] = NotApplicable("There is not enough memory to show this.")
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            self._broken[request] = NotApplicable(f"This cannot be shown because of an error of the program: {text}.")
            problem = Problem("probe.bug", f"A view stopped on an error of the program: {text}.", "warning",
                              hint="Training goes on. Report this.")
            self._complaints.append(Warned(self._run, problem, traceback.format_exc()))
        return self._broken[request]

    def _share(self) -> float:
        return self._looking / max(time.perf_counter() - self._begun, 1e-9)


def _so_far(session: Session) -> SoFar | None:
    """What is known of an epoch before it ends."""
    if not session.batch:
        return None
    return SoFar(session.batch / session.rule.batches, *session.rule.totals(), session.seconds)
