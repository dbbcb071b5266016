"""Looking at a run costs it little: an answer that takes long is given less often."""
from __future__ import annotations

import itertools
import threading

import pytest

from core.train import answering
from core.train.control import Control
from core.train.events import EpochDone, Paused, Snapshot
from core.train.loop import train
from core.train.request import Request
from core.train.session import Session
from tests.core._build import xor

SLOW, QUICK, OTHER = Request.of("slow"), Request.of("quick"), Request.of("other")
LOOKS = 6


@pytest.fixture
def clock(monkeypatch):
    """Time stands still, except that a slow answer takes a tenth of a second."""
    now = [0.0]
    monkeypatch.setattr(answering.time, "perf_counter", lambda: now[0])

    def answer(session, request):
        now[0] += 0.0 if request == QUICK else 0.1
        return object()

    monkeypatch.setattr(answering, "answer", answer)
    return now


def told(events, times: int) -> list[set[Request]]:
    """What is in the next snapshots."""
    snapshots = (event for event in events if isinstance(event, Snapshot))
    return [set(snapshot.answers) for snapshot in itertools.islice(snapshots, times)]


def test_a_slow_answer_rests_while_training_goes_on(clock):
    control = Control()
    control.want([SLOW, QUICK])
    events = train(Session(xor(epochs=LOOKS + 2)), control)
    found = []
    for event in itertools.takewhile(lambda _: len(found) < LOOKS, events):
        if isinstance(event, Snapshot):
            found.append(set(event.answers))
        if isinstance(event, EpochDone):
            control.look()
    assert found == [{SLOW, QUICK}] + [{QUICK}] * (LOOKS - 1)


def test_a_slow_answer_comes_again_when_it_has_rested(clock):
    control = Control()
    control.want([SLOW])
    events = train(Session(xor(epochs=10)), control)
    assert SLOW in next(e for e in events if isinstance(e, Snapshot)).answers
    clock[0] += 0.1 / answering.LONGEST_SHARE
    control.look()
    assert SLOW in next(e for e in events if isinstance(e, Snapshot)).answers


@pytest.fixture
def looked_at(clock):
    """A run that stands still and has answered once, so that it is known what is slow."""
    control = Control(paused=True)
    control.want([SLOW, QUICK])
    events = train(Session(xor(epochs=2)), control)
    assert told(events, 1) == [{SLOW, QUICK}]
    next(event for event in events if isinstance(event, Paused))
    return control, events


def test_while_paused_the_quick_answer_comes_first_and_the_slow_one_behind_it(looked_at):
    control, events = looked_at
    for _ in range(LOOKS):
        control.look()
        assert told(events, 2) == [{QUICK}, {SLOW}]


def test_what_was_answered_at_rest_is_answered_again_as_soon_as_training_goes_on(looked_at):
    control, events = looked_at
    control.look()
    control.resume()
    assert told(events, 1) == [{SLOW, QUICK}]


def test_whoever_asks_for_something_else_does_not_wait_for_what_is_slow(looked_at):
    control, events = looked_at
    control.look()
    assert told(events, 1) == [{QUICK}]
    control.view(0)
    assert told(events, 2) == [{QUICK}, {SLOW}]


def test_a_setting_that_is_changed_meanwhile_does_not_cost_anybody_an_answer(looked_at, monkeypatch):
    control, events = looked_at
    monkeypatch.setattr(control, "wait", lambda: pytest.fail("The run waits, and somebody has no answer."))
    control.look()
    assert told(events, 1) == [{QUICK}]
    control.change(learning_rate=0.5)
    assert told(events, 1) == [{SLOW}]


def answered(clock, monkeypatch, times) -> list[bool]:
    """Whether each look was answered, where the answers take these seconds."""
    control, left = Control(), iter(times)

    def answer(session, request):
        clock[0] += next(left)
        return object()

    monkeypatch.setattr(answering, "answer", answer)
    control.want([QUICK])
    snapshots = (event for event in train(Session(xor(epochs=20)), control) if isinstance(event, Snapshot))
    found = []
    for _ in times:
        found.append(QUICK in next(snapshots).answers)
        control.look()
    return found


def test_an_answer_that_was_slow_once_by_chance_does_not_rest(clock, monkeypatch):
    assert answered(clock, monkeypatch, [0.0, 0.1, 0.0, 0.0]) == [True] * 4


def test_an_answer_that_is_slow_every_other_time_does_rest(clock, monkeypatch):
    assert answered(clock, monkeypatch, [0.0, 0.1, 0.0, 0.1, 0.0]) == [True] * 4 + [False]


def test_whoever_wants_the_run_to_stand_still_does_not_wait_for_all_slow_answers(looked_at, monkeypatch):
    control, events = looked_at
    control.want([SLOW, QUICK, OTHER])
    assert told(events, 2)[0] == {QUICK, OTHER}, "what OTHER takes is not known yet"
    control.look()
    assert told(events, 1) == [{QUICK}]
    control.hold()
    heard = []
    worker = threading.Thread(target=lambda: heard.extend(told(events, 2)))
    worker.start()
    with control.standstill(2.0):
        assert control._standing
        assert not heard
    control.release()
    worker.join(5.0)
    assert set().union(*heard) == {SLOW, OTHER}


def test_what_is_the_same_as_before_is_told_once_until_somebody_asks_anew(monkeypatch):
    monkeypatch.setattr(answering, "answer", lambda session, request: request.probe)
    control = Control()
    control.want([QUICK])
    told = []
    for event in train(Session(xor(epochs=8)), control):
        if isinstance(event, Snapshot):
            told.append(set(event.answers))
        if isinstance(event, EpochDone):
            if len(told) == 3:
                control.want([QUICK, SLOW])
            control.look()
    assert told[:3] == [{QUICK}, set(), set()]
    assert told[3] == {QUICK, SLOW}
    assert told[4] == set()


def test_requests_that_nobody_asks_any_more_are_forgotten_once_they_are_many(clock):
    control = Control(paused=True)
    asked = answering.Answering(Session(xor(epochs=2)), control, 1)
    for number in range(answering.MOST):
        list(asked.snapshots(frozenset({SLOW, Request.of("quick", place=number)})))
    assert len(asked._took) == answering.MOST + 1
    list(asked.snapshots(frozenset({SLOW})))
    assert set(asked._took) == {SLOW}
