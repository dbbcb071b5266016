"""From gradients to a step: clipping, and what is left alone."""
import numpy as np
import pytest

from core.engine.network import Network
from core.engine.updater import Updater
from core.graph.check import check
from core.graph.settings import TrainingSettings
from core.optimizers import OPTIMIZERS
from core.train.control import Control
from core.train.loop import train
from core.train.session import Session
from tests.core._build import chain, dense, xor


def network(dtype=np.float64, frozen=()):
    doc = chain(dense(3), "tanh", dense(1), frozen=frozen)
    return Network(doc, check(doc), seed=1, dtype=dtype)


def stepped(gradient, dtype=np.float64, **settings):
    """By how much one step of size 1 changes the weights: the gradient that the optimizer got, with its sign turned."""
    made = network(dtype)
    made.weights.flat.fill(0.0)
    made.gradients.flat[...] = gradient
    Updater(made, OPTIMIZERS["sgd"](), 1.0, **settings).update()
    return -made.weights.flat


def gradient(scale=1.0):
    return scale * np.random.default_rng(3).normal(size=network().parameters)


def test_a_gradient_longer_than_the_norm_keeps_its_direction_and_gets_that_length():
    g = gradient(10.0)
    taken = stepped(g, clip_norm=2.0)
    assert np.linalg.norm(taken) == pytest.approx(2.0, rel=1e-12)
    assert taken / 2.0 == pytest.approx(g / np.linalg.norm(g), rel=1e-12)


def test_a_shorter_gradient_keeps_its_bits():
    g = gradient()
    assert stepped(g, clip_norm=np.linalg.norm(g) * 1.001).tobytes() == g.tobytes()
    assert stepped(g, clip_value=np.abs(g).max()).tobytes() == g.tobytes()


def test_every_number_is_bounded_by_the_value():
    g = gradient()
    assert np.array_equal(stepped(g, clip_value=0.3), np.clip(g, -0.3, 0.3))


def test_with_both_the_norm_is_taken_of_what_the_value_left():
    g = gradient()
    bounded = np.clip(g, -0.3, 0.3)
    wanted = 0.5 * bounded / np.linalg.norm(bounded)
    assert stepped(g, clip_norm=0.5, clip_value=0.3) == pytest.approx(wanted, rel=1e-12)


def test_a_gradient_too_long_for_single_precision_is_shortened_too():
    g = gradient(1e30)
    with np.errstate(over="ignore"):
        taken = stepped(g, np.float32, clip_norm=1.0)
    assert taken == pytest.approx(g / np.linalg.norm(g), rel=1e-5)


def test_no_gradient_is_no_step():
    assert not stepped(0.0, clip_norm=1.0, clip_value=1.0).any()


def test_l2_counts_as_part_of_the_gradient_that_is_clipped():
    made = network()
    w = made.weights.flat.copy()
    Updater(made, OPTIMIZERS["sgd"](), 1.0, l2=100.0, clip_norm=0.25).update()
    assert np.linalg.norm(made.weights.flat - w) == pytest.approx(0.25, rel=1e-9)


@pytest.mark.parametrize("kind", list(OPTIMIZERS))
def test_an_optimizer_leaves_frozen_weights_and_what_it_remembers_of_them_alone(kind):
    made, free = network(frozen=("dense",)), network()
    for each in (free, made):
        each.gradients.flat[...] = gradient()
        updater = Updater(each, OPTIMIZERS[kind](), 0.1)
        updater.update()
    remembered = made.weights.like()
    for array in updater.slots.values():
        remembered.flat[...] = array
        assert not remembered["dense"]["W"].any()
        assert remembered["dense_2"]["W"].all()
    start = network()
    assert made.weights["dense"]["W"].tobytes() == start.weights["dense"]["W"].tobytes()
    assert made.weights["dense"]["b"].tobytes() == start.weights["dense"]["b"].tobytes()
    assert made.weights["dense_2"]["W"].tobytes() == free.weights["dense_2"]["W"].tobytes()
    assert made.weights["dense_2"]["W"].tobytes() != start.weights["dense_2"]["W"].tobytes()


def trained(**training):
    session = Session(xor(epochs=30, optimizer="adam", **training))
    list(train(session, Control()))
    return session.network.weights.flat.copy()


def test_limits_that_are_off_or_never_reached_change_no_bit_of_a_training():
    plain = trained()
    assert trained(clip_norm=0.0, clip_value=0.0).tobytes() == plain.tobytes()
    assert trained(clip_norm=1e6, clip_value=1e6).tobytes() == plain.tobytes()


@pytest.mark.parametrize("limit", ["clip_norm", "clip_value"])
def test_the_training_settings_reach_the_step(limit):
    session = Session(xor(epochs=1, learning_rate=1.0, **{limit: 1e-5}))
    before = session.network.weights.flat.copy()
    list(train(session, Control()))
    change = session.network.weights.flat - before
    size = np.linalg.norm(change) if limit == "clip_norm" else np.abs(change).max()
    assert size == pytest.approx(1e-5, rel=1e-2)


def test_limits_are_off_to_begin_with():
    assert TrainingSettings().clip_norm == TrainingSettings().clip_value == 0.0


def test_frozen_nodes_first_in_the_middle_and_last_are_all_left_out():
    names = ["dense", "dense_2", "dense_3", "dense_4"]
    for frozen in (["dense"], ["dense_2", "dense_3"], ["dense_4"], ["dense", "dense_3"]):
        doc = chain(dense(3), dense(4), dense(2), dense(1), frozen=tuple(frozen))
        made = Network(doc, check(doc), seed=1)
        before = made.weights.copies()
        made.gradients.flat.fill(1.0)
        Updater(made, OPTIMIZERS["sgd"](), 0.1).update()
        changed = {name for name in names if not np.array_equal(made.weights[name]["W"], before[f"{name}.W"])}
        assert changed == set(names) - set(frozen)
