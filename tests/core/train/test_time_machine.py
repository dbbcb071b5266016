"""Whatever somebody does with the past of a run, the session stays whole: it is what a run would be that had done the
same in a straight line."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.graph.document import Document
from core.io import checkpoints
from core.train.control import Control
from core.train.events import Finished, Paused, Snapshot
from core.train.loop import train
from core.train.moments import Moments
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

BUDGET = 24_000
HIDDEN = "dense"
# Each one has something to remember beside its weights.
DOCUMENTS = {
    "momentum": chain(dense(4), "tanh", dense(1), "sigmoid", batch_size=2, learning_rate=0.1, epochs=60,
                      optimizer={"kind": "momentum", "params": {}}),
    "chance": chain(dense(4), "batch_norm", ("dropout", {"rate": 0.3}), dense(1), "sigmoid", batch_size=3,
                    learning_rate=0.05, epochs=60, optimizer={"kind": "adam", "params": {}}),
    "best": chain(dense(3), "relu", dense(1), data={"validation": 0.25}, batch_size=1, learning_rate=0.2, epochs=9,
                  restore_best=True, schedule={"kind": "cosine", "params": {}}),
}

train_some = st.tuples(st.just("train"), st.integers(1, 25))
back = st.tuples(st.just("back"), st.floats(0, 1))
forth = st.tuples(st.just("forth"), st.none())
rate = st.tuples(st.just("rate"), st.sampled_from([0.01, 0.1, 0.5]))
longer = st.tuples(st.just("epochs"), st.sampled_from([4, 9, 30]))
hand = st.tuples(st.just("hand"), st.sampled_from([-2.0, 0.0, 1.5]))
look = st.tuples(st.just("look"), st.floats(0, 1))
reset = st.tuples(st.just("reset"), st.none())
acts = st.lists(st.one_of(train_some, train_some, back, forth, rate, longer, hand, look, reset), max_size=14)

# (what, value): "batches", "finish", "live" or "hand"; with the step after it.
Done = tuple[str, Any, int]


class Traveller:
    """A session with a past, and `line`: how a run without one would come to where it stands."""

    def __init__(self, document: Document):
        self.document = document
        self.reset(None)

    def reset(self, _: None) -> None:
        self.session = Session(self.document)
        self.session.moments = Moments(self.session, BUDGET)
        self.line: list[Done] = []
        self.other: list[Done] | None = None

    def train(self, batches: int) -> None:
        before = self.session.step
        over = trained(self.session, batches)
        if self.session.step > before:
            self.line.append(("batches", self.session.step - before, self.session.step))
        if over:
            self.line.append(("finish", None, self.session.step))

    def back(self, share: float) -> None:
        if (step := self._kept(share)) is not None:
            moment = self.session.moments.at(step)
            assert moment is not None
            self.session.go_back(moment)
            self.other, self.line = self.line, [*upto(self.line, step), self._live()]

    def forth(self, _: None) -> None:
        self.session.go_forth()
        if self.other is not None:
            self.other, self.line = self.line, [*self.other, self._live()]

    def rate(self, value: float) -> None:
        self.session.change(learning_rate=value)
        self.line.append(self._live())

    def epochs(self, value: int) -> None:
        self.session.change(epochs=value)
        self.line.append(self._live())

    def hand(self, value: float) -> None:
        self.session.network.weights.put(HIDDEN, "W", (0, 0), value)
        self.session.renew()
        self.line.append(("hand", value, self.session.step))

    def look(self, share: float) -> None:
        """Look back: what would be saved stays the same to the byte."""
        step, before = self._kept(share), checkpoints.encode(checkpoints.capture(self.session))
        control = Control(paused=True)
        control.want([Request.of("weights", node=HIDDEN), Request.of("activity")])
        control.view(step)
        seen = next(event for event in train(self.session, control) if isinstance(event, Snapshot))
        assert seen.step == (self.session.step if step is None else step)
        assert checkpoints.encode(checkpoints.capture(self.session)) == before

    def _live(self) -> Done:
        values = {"learning_rate": self.session.learning_rate, "epochs": self.session.epochs}
        return "live", values, self.session.step

    def _kept(self, share: float) -> int | None:
        steps = self.session.moments.steps
        return steps[round(share * (len(steps) - 1))] if steps else None


def trained(session: Session, batches: int) -> bool:
    """Train so many batches. True if the run was over before."""
    control = Control(paused=True)
    asked = False
    for event in train(session, control):
        if isinstance(event, Paused):
            control.stop() if asked else control.step(batches)
            asked = True
        elif isinstance(event, Finished):
            return event.reason != "stopped"
    raise AssertionError("the run failed")


def upto(line: list[Done], step: int) -> list[Done]:
    """The beginning of a line that leads to a step, with what was done there."""
    found: list[Done] = []
    at = 0
    for what, value, after in line:
        if what == "batches" and after > step:
            if step > at:
                found.append((what, step - at, step))
            break
        found.append((what, value, after))
        at = after
    return found


def straight(document: Document, line: list[Done]) -> Iterator[Session]:
    """The same in a straight line, without a past; after every step."""
    session = Session(document)
    yield session
    for what, value, _ in line:
        if what == "live":
            session.change(**value)
        elif what == "hand":
            session.network.weights.put(HIDDEN, "W", (0, 0), value)
        elif what == "finish":
            trained(session, 1)
        else:
            for _ in range(value):
                assert not trained(session, 1)
                yield session
        yield session


def state(session: Session) -> dict[str, Any]:
    """All that a session is, but for the time that it took."""
    memory = session.memory()
    arrays = {name: array for name, array in memory.arrays.items() if name != "series"}
    seconds = session.series.names.index("seconds")
    arrays["series"] = np.delete(memory.arrays["series"], seconds, axis=1)
    arrays |= {"weights": session.network.weights.flat, "state": session.network.state.flat}
    values = {name: value for name, value in memory.values.items() if name not in ("seconds",)}
    return {**{name: array.tobytes() for name, array in arrays.items()}, **values, "rate": session.rate}


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=25)
@given(acts=acts)
def test_a_session_with_a_past_is_what_a_straight_run_would_be(name: str, acts: list[tuple[str, Any]]) -> None:
    traveller = Traveller(DOCUMENTS[name])
    for what, value in acts:
        act: Callable[[Any], None] = getattr(traveller, what)
        act(value)
        moments = traveller.session.moments
        assert moments is not None
        assert moments.nbytes <= BUDGET
        assert moments.nbytes == sum(moments.at(step).nbytes for step in moments.steps)  # type: ignore[union-attr]
    session, moments = traveller.session, traveller.session.moments
    weights: dict[int, bytes] = {}
    for twin in straight(DOCUMENTS[name], traveller.line):
        weights[twin.step] = twin.network.weights.flat.tobytes()
    assert state(twin) == state(session)
    for step in moments.steps:
        assert moments.at(step).weights.tobytes() == weights[step], f"the moment at step {step} is of another run"
    # Whatever comes next is the same too.
    assert trained(twin, 7) == trained(session, 7)
    assert state(twin) == state(session)
