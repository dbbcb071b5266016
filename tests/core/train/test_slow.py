"""One step in slow motion."""
from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from core.graph import edits
from core.io import examples
from core.params import Kind
from core.train.control import Control
from core.train.events import Explained, Paused
from core.train.loop import train
from core.train.plates import plates
from core.train.session import Session
from core.train.told import Place, SlowStep, Turn

ALL = sorted(examples.EXAMPLES)


def slowly(session: Session) -> SlowStep:
    control = Control(paused=True)
    for event in train(session, control):
        if isinstance(event, Paused) and not session.step:
            control.explain()
        elif isinstance(event, Explained):
            control.stop()
            return event.told
    raise AssertionError("nothing was told")


def turn_of(session: Session) -> Turn:
    (turn,) = slowly(session).turns
    return turn


@pytest.mark.parametrize("name", ["xor-mlp", "spiral", "autoencoder", "iris", "brackets-lstm", "regression-plane"])
def test_a_slow_step_changes_the_weights_as_a_quick_one_does(name: str) -> None:
    slow, quick = Session(examples.load(name)), Session(examples.load(name))
    told = slowly(slow)
    quick.rule.begin_epoch()
    quick.rule.step(0)
    assert np.array_equal(slow.network.weights.flat, quick.network.weights.flat)
    assert told.step == 0
    assert slow.step == 1


@pytest.mark.parametrize("name", ALL)
def test_every_network_is_told_from_its_input_to_its_update(name: str) -> None:
    try:
        session = Session(examples.load(name))
    except Exception as error:
        pytest.skip(f"needs data that is not there: {error}")
    first = session.network.copies()
    told = slowly(session)
    order = ["forward", "loss", "backward", "correction", "gradient", "memory", "update", "limit"]
    assert [place.turn for place in told.places] == sorted(place.turn for place in told.places)
    assert {place.turn for place in told.places} == set(range(len(told.turns)))
    for number, turn in enumerate(told.turns):
        ways = [place.way for place in told.places if place.turn == number and place.way not in ("memory", "update")]
        assert ways == sorted(ways, key=order.index)
        forward = [place.node for place in told.places if place.way == "forward" and place.turn == number]
        assert forward == list(turn.sources) == list(turn.values)
    walked = {place.node for place in told.places if place.way == "forward"}
    assert walked == {unit.id for unit in session.network.units}
    changed = [place for place in told.places if place.way == "update"]
    assert changed
    for place in changed:
        change = told.turn(place).change
        assert change is not None
        assert any(not np.array_equal(change.stepped[place.node][key], change.before[place.node][key])
                   for key in change.after[place.node])
    for node, held in told.turns[0].weights.items():
        for key, array in held.items():
            assert np.array_equal(array, first[f"{node}.{key}"])
            last = told.turns[-1].change
            assert last is not None
            assert np.array_equal(last.after[node][key], session.network.weights[node][key])


def test_plain_descent_subtracts_rate_times_gradient() -> None:
    plain = edits.set_training(examples.load("spiral"), {"optimizer": Kind("sgd"), "l2": 0.0})
    told = slowly(Session(plain))
    assert told.optimizer == "sgd"
    (turn,) = told.turns
    assert turn.change is not None
    for node, held in turn.change.before.items():
        for key, array in held.items():
            moved = array - told.rate * turn.gradients[node][key]
            np.testing.assert_allclose(turn.change.after[node][key], moved, rtol=1e-5, atol=1e-7)


def test_the_numbers_of_the_samples_are_those_that_the_nodes_give() -> None:
    session = Session(examples.load("xor-mlp"), dtype=np.float64)
    before = Session(examples.load("xor-mlp"), dtype=np.float64)
    told = turn_of(session)
    x = before.parts.train.x[list(told.samples)]
    for node, value in before.network.predict_all(x).items():
        np.testing.assert_allclose(told.values[node], value, rtol=1e-12)


def test_a_slope_says_how_the_loss_changes_with_an_output() -> None:
    session = Session(examples.load("xor-mlp"), dtype=np.float64)
    told = slowly(session)
    backward = [place for place in told.places if place.way == "backward"]
    assert backward
    assert Place("loss", session.network.output) in told.places
    for place in backward:
        turn = told.turn(place)
        assert turn.slopes[place.node].shape == turn.values[place.node].shape
        if "b" in turn.gradients.get(place.node, {}):
            # The batch is kept whole: the gradient of a bias is the sum of those of what it is added to.
            np.testing.assert_allclose(turn.slopes[place.node].sum(axis=0), turn.gradients[place.node]["b"], rtol=1e-9)


@pytest.mark.parametrize("name", ["xor-mlp", "brackets-lstm", "autoencoder", "digits-mlp", "gan", "perceptron-and"])
def test_every_place_has_something_to_see(name: str) -> None:
    session = Session(examples.load(name))
    told = slowly(session)
    for place in told.places:
        seen = plates(told, place, 0, session.parts.spec.pixels)
        assert seen, place
        for plate in seen:
            assert plate.table.ndim == 2
            assert plate.table.size


def test_the_tables_of_a_dense_node_hold_its_formula() -> None:
    session = Session(examples.load("xor-mlp"), dtype=np.float64)
    told = slowly(session)
    (turn,) = told.turns
    node = next(name for name, held in turn.weights.items() if "W" in held)
    given, W, b, out = (plate.table for plate in plates(told, Place("forward", node), 2))
    np.testing.assert_allclose(given @ W + b, out, rtol=1e-12)
    slope, dW, *_ = (plate.table for plate in plates(told, Place("backward", node), 2))
    assert np.array_equal(slope, turn.slopes[node][2][None])
    assert np.array_equal(dW, turn.gradients[node]["W"])
    before, change, after, *_ = (plate.table for plate in plates(told, Place("update", node), 2))
    np.testing.assert_allclose(before + change, after, rtol=1e-12)


def test_pictures_stand_side_by_side() -> None:
    array = np.arange(2 * 3 * 2, dtype=float).reshape(2, 3, 2)
    session = Session(examples.load("xor-mlp"))
    told = slowly(session)
    (turn,), output = told.turns, session.network.output
    shown = dataclasses.replace(told, turns=(dataclasses.replace(turn, values={**turn.values, output: array[None]}),))
    plate = plates(shown, Place("loss", output), 0)[0]
    assert plate.shape == (2, 3, 2)
    np.testing.assert_array_equal(plate.table[:, :3], array[:, :, 0])
    np.testing.assert_array_equal(plate.table[:, 4:], array[:, :, 1])
    assert np.isnan(plate.table[:, 3]).all()
