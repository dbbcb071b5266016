"""The past of a run."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.io import examples
from core.train.control import Control
from core.train.events import Snapshot
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import answer
from core.train.request import Request
from core.train.session import Session


def trained(name: str, epochs: int, **options: Any) -> Session:
    session = Session(examples.load(name))
    session.moments = Moments(session, **options)
    session.change(epochs=epochs)
    list(train(session, Control()))
    return session


@pytest.mark.parametrize("name", ["xor-mlp", "spiral", "mnist-small", "gan", "perceptron-xor", "brackets-lstm"])
def test_a_session_that_went_back_goes_on_with_the_same_bits(name: str) -> None:
    session = trained(name, 4)
    assert session.moments is not None
    last, rows = session.network.weights.flat.copy(), session.series.since(0)
    middle = session.moments.steps[len(session.moments.steps) // 2]
    session.go_back(session.moments.at(middle))  # type: ignore[arg-type]
    assert session.step == middle
    assert not np.array_equal(session.network.weights.flat, last)
    list(train(session, Control()))
    assert np.array_equal(session.network.weights.flat, last)
    seconds = [i for i, column in enumerate(session.series.names) if column != "seconds"]
    np.testing.assert_array_equal(session.series.since(0)[:, seconds], rows[:, seconds])


def test_what_was_left_behind_can_be_returned_to() -> None:
    session = trained("spiral", 8)
    assert session.moments is not None
    last, rows = session.network.weights.flat.copy(), session.series.since(0)
    session.go_back(session.moments.at(session.step // 2))  # type: ignore[arg-type]
    session.change(learning_rate=0.5, epochs=6)
    list(train(session, Control()))
    other = session.network.weights.flat.copy()
    session.go_forth()
    assert np.array_equal(session.network.weights.flat, last)
    assert np.array_equal(session.series.since(0), rows, equal_nan=True)
    session.go_forth()
    assert np.array_equal(session.network.weights.flat, other)


def test_keeping_the_past_changes_no_bit_of_a_run() -> None:
    plain = Session(examples.load("spiral"))
    plain.change(epochs=20)
    list(train(plain, Control()))
    assert np.array_equal(trained("spiral", 20).network.weights.flat, plain.network.weights.flat)


def test_moments_lie_ever_farther_apart() -> None:
    session = trained("xor-mlp", 3000)
    assert session.moments is not None
    steps = session.moments.steps
    assert steps[:4] == (0, 1, 2, 3)
    assert steps[-1] == 3000
    gaps = np.diff(steps)
    assert gaps[-2] > 10 * gaps[5]


def test_the_budget_is_kept_by_dropping_those_that_are_missed_least() -> None:
    session = trained("xor-mlp", 3000, budget=40_000)
    assert session.moments is not None
    steps = session.moments.steps
    assert session.moments.nbytes <= 40_000
    assert steps[0] == 0
    assert steps[-1] == 3000
    assert len(steps) > 20
    assert steps[len(steps) // 2] < 1500


def test_a_network_that_is_larger_than_the_budget_has_no_past_but_trains() -> None:
    session = trained("xor-mlp", 10, budget=100)
    assert session.moments is not None
    assert session.moments.steps == ()
    assert session.epoch == 10


def test_a_snapshot_of_the_past_has_the_weights_of_then() -> None:
    session = trained("xor-mlp", 50)
    assert session.moments is not None
    moment = session.moments.at(10)
    assert moment is not None
    now = session.network.weights.flat.copy()
    session.change(epochs=60)
    control = Control(paused=True)
    node = next(iter(session.network.weights))
    control.want([request := Request.of("weights", node=node)])
    control.view(10)
    snapshot = next(event for event in train(session, control) if isinstance(event, Snapshot))
    assert (snapshot.past, snapshot.step, snapshot.epoch) == (True, moment.step, moment.epoch)
    size = session.network.weights[node]["W"].size
    assert np.array_equal(snapshot.answers[request].values["W"].ravel(), moment.weights[:size])
    assert np.array_equal(session.network.weights.flat, now)


def test_what_is_told_of_the_past_has_the_step_of_then() -> None:
    session = trained("spiral", 4)
    assert session.moments is not None
    assert session.seen is session
    for step in session.moments.steps[:-1:7]:
        with session.moments.shown(step) as moment:
            assert session.seen is moment
            assert answer(session, Request.of("embedding")).step == step
            assert answer(session, Request.of("health")).step == step
            with session.moments.shown(session.moments.steps[1]):
                assert session.seen.step == session.moments.steps[1]
            assert session.seen is moment
    assert answer(session, Request.of("embedding")).step == session.step
