"""The schedule sets the learning rate of every step."""
import numpy as np
import pytest

from core.schedules import SCHEDULES
from core.train.control import Control
from core.train.events import EpochDone
from core.train.loop import train
from core.train.session import Session
from tests.core._build import chain, dense, xor

HALVING = {"kind": "step", "params": {"every": 2, "gamma": 0.5}}
SHRINKING = {"kind": "exponential", "params": {"gamma": 0.25}}
SETTINGS = {"batch_size": 2, "learning_rate": 0.8}


def rates(session, control=None):
    """The learning rate of every step to come, and the events."""
    seen, step = [], session.rule.step

    def noted(batch):
        seen.append(float(session.rule.updater.rate))
        return step(batch)

    session.rule.step = noted
    return seen, list(train(session, control or Control()))


def test_the_rate_changes_with_every_step_and_the_epoch_tells_that_of_its_last():
    seen, events = rates(Session(xor(schedule=SHRINKING, epochs=2, **SETTINGS)))
    assert seen == pytest.approx([0.8, 0.4, 0.2, 0.1], rel=1e-6)
    told = [event.learning_rate for event in events if isinstance(event, EpochDone)]
    assert told == pytest.approx([0.4, 0.1])


def test_a_schedule_that_counts_epochs_stays_within_them():
    seen, _ = rates(Session(xor(schedule=HALVING, epochs=5, **SETTINGS)))
    assert seen == pytest.approx([0.8] * 4 + [0.4] * 4 + [0.2] * 2)


def test_another_learning_rate_on_the_way_is_scaled_too():
    session = Session(xor(schedule=HALVING, epochs=3, **SETTINGS))
    rates(session)
    assert (session.learning_rate, session.rate) == (0.8, pytest.approx(0.4))
    session.change(epochs=4, learning_rate=0.1)
    seen, _ = rates(session)
    assert session.rate == pytest.approx(0.05)
    assert seen == pytest.approx([0.05, 0.05])
    assert session.series.last()["learning_rate"] == pytest.approx(0.05)


def test_more_epochs_on_the_way_stretch_a_schedule_that_ends_with_them():
    session = Session(xor(schedule="cosine", epochs=2, **SETTINGS))
    rates(session)
    session.change(epochs=4)
    assert rates(session)[0] == pytest.approx([0.8 * (1 + np.cos(np.pi * part)) / 2 for part in
                                               (2 / 4, 2.5 / 4, 3 / 4, 3.5 / 4)])


def weights_after(session):
    list(train(session, Control()))
    return session.network.weights.flat.tobytes()


@pytest.mark.parametrize("kind", list(SCHEDULES))
def test_a_training_in_two_runs_ends_with_the_bits_of_one(kind):
    whole = Session(xor(schedule=kind, epochs=6, **SETTINGS))
    parts = Session(xor(schedule=kind, epochs=6, **SETTINGS))
    for event in (running := train(parts, Control())):
        if isinstance(event, EpochDone) and event.epoch == 3:
            running.close()
            break
    assert parts.epoch == 3
    assert weights_after(parts) == weights_after(whole)


def test_a_share_that_stays_1_changes_no_bit():
    never = {"kind": "step", "params": {"every": 1000}}
    plain = weights_after(Session(xor(epochs=5, optimizer="adam", **SETTINGS)))
    assert weights_after(Session(xor(epochs=5, optimizer="adam", schedule=never, **SETTINGS))) == plain
    assert weights_after(Session(xor(epochs=5, optimizer="adam", schedule="warmup", **SETTINGS))) != plain


def test_the_perceptron_rule_follows_it_as_well():
    doc = chain(dense(1, initializer="zeros"), "step", source="and", rule="perceptron", epochs=1, learning_rate=1.0,
                schedule={"kind": "warmup", "params": {"start": 0.5}})
    session = Session(doc)
    list(train(session, Control()))
    assert session.rate == 0.5
    found = session.network.weights.flat / 0.5
    assert found.any()
    assert np.array_equal(found, np.round(found))
