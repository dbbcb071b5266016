"""From gradients to a step: clipping, and what is left alone."""
import numpy as np
import pytest

from core.engine import updater as under_test
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


def regularised(frozen=(), **second):
    """Three layers: nothing of its own, whatever is given, and L1 with L2; with some weights at exactly 0."""
    doc = chain(dense(5), "tanh", dense(4, **second), dense(1, l1=0.02, l2=0.3), frozen=frozen)
    made = Network(doc, check(doc), seed=1, dtype=np.float64)
    made.weights["dense_2"]["W"][:2] = 0.0
    made.gradients.flat[...] = np.random.default_rng(4).normal(size=made.parameters)
    return made


def after(made, **settings):
    """The weights after one step of SGD at a rate of 0.1."""
    Updater(made, OPTIMIZERS["sgd"](), 0.1, **settings).update()
    return made.weights.copies()


@pytest.fixture(params=[7, 1 << 15], ids=["small pieces", "one piece"])
def piece(request, monkeypatch):
    monkeypatch.setattr(under_test, "PIECE", request.param)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("everywhere", [0.0, 0.7])
def test_l1_and_l2_of_a_layer_act_on_its_weights_on_top_of_that_of_the_training(everywhere):
    made = regularised(l1=0.5, l2=0.25)
    w, g = made.weights.copies(), made.gradients.copies()
    own = {"dense.W": (0.0, 0.0), "dense_2.W": (0.5, 0.25), "dense_3.W": (0.02, 0.3)}
    found = after(made, l2=everywhere)
    for name, before in w.items():
        l1, l2 = own.get(name, (0.0, -everywhere))
        slope = g[name] + l1 * np.sign(before) + 2.0 * (l2 + everywhere) * before
        assert found[name] == pytest.approx(before - 0.1 * slope, rel=1e-12, abs=1e-15)


@pytest.mark.usefixtures("piece")
def test_what_holds_a_frozen_layer_back_does_not_move_it():
    made = regularised(frozen=("dense_2", "dense_3"), l1=0.5, l2=0.25, max_norm=1e-3)
    before, found = made.weights.copies(), after(made, l2=0.5)
    assert all(np.array_equal(found[name], before[name]) == ("dense." not in name) for name in before)


@pytest.mark.usefixtures("piece")
def test_the_weights_of_a_unit_are_shortened_to_the_max_norm_after_the_step_and_others_keep_their_bits():
    free, made = regularised(), regularised(max_norm=0.5)
    free.weights["dense_2"]["W"][:, 1] = made.weights["dense_2"]["W"][:, 1] = 0.01
    free.gradients["dense_2"]["W"][:, 1] = made.gradients["dense_2"]["W"][:, 1] = 0.01
    wanted, found = after(free), after(made)
    lengths = np.linalg.norm(wanted["dense_2.W"], axis=0)
    assert (lengths > 0.5).any()
    assert (lengths < 0.5).any()
    assert found["dense_2.W"] == pytest.approx(wanted["dense_2.W"] * np.minimum(1.0, 0.5 / lengths), rel=1e-12)
    assert found["dense_2.W"][:, 1].tobytes() == wanted["dense_2.W"][:, 1].tobytes()
    assert all(np.array_equal(found[name], wanted[name]) for name in wanted if name != "dense_2.W")


def test_the_penalty_of_a_layer_is_clipped_with_its_gradient():
    made = regularised(l1=100.0, l2=100.0)
    before = made.weights.flat.copy()
    after(made, clip_norm=0.25)
    assert np.linalg.norm(made.weights.flat - before) == pytest.approx(0.025, rel=1e-9)
    made = regularised(l1=100.0, l2=100.0)
    after(made, clip_value=0.25)
    assert np.abs(made.weights.flat - before).max() == pytest.approx(0.025, rel=1e-9)


@pytest.mark.parametrize("kind", ["sgd", "momentum", "adam"])
def test_l2_acts_as_twice_as_much_weight_decay_in_pytorch(kind):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    theirs = {"sgd": ("SGD", {}), "momentum": ("SGD", {"momentum": 0.9}), "adam": ("Adam", {})}
    name, arguments = theirs[kind]
    made = regularised(l2=0.25)
    w = torch.tensor(made.weights["dense_2"]["W"].copy(), requires_grad=True)
    peer = getattr(torch.optim, name)([w], lr=0.05, weight_decay=0.5, **arguments)
    ours = Updater(made, OPTIMIZERS[kind](), 0.05)
    for step in range(5):
        made.gradients["dense_2"]["W"][...] = slope = np.cos(np.arange(20.0).reshape(5, 4) * step)
        w.grad = torch.tensor(slope)
        peer.step()
        ours.update()
    assert made.weights["dense_2"]["W"] == pytest.approx(w.detach().numpy(), rel=1e-9)


@pytest.mark.parametrize("limits", [{}, {"clip_norm": 0.5}, {"clip_value": 0.3}])
def test_threads_that_share_the_pieces_do_what_one_does_with_the_whole_gradient(limits, monkeypatch):
    monkeypatch.setattr(under_test, "PIECE", 7)
    alone, shared = (regularised(l1=0.5, l2=0.25, max_norm=0.5) for _ in range(2))
    rest = [np.random.default_rng(i).normal(size=alone.parameters) for i in (5, 6)]
    shared.gradients.flat -= rest[0] + rest[1]
    alone.gradients.flat[...] = shared.gradients.flat + rest[0] + rest[1]
    one = Updater(alone, OPTIMIZERS["adam"](), 0.1, 0.2, **limits)
    several = Updater(shared, OPTIMIZERS["adam"](), 0.1, 0.2, threads=3, **limits)
    one.update()
    several.prepare(rest)
    for first in (2, 0, 1):
        for piece in several.pieces[first::3]:
            piece(several.t)
    several.finish()
    assert (one.t, several.t) == (1, 1)
    assert shared.weights.flat.tobytes() == alone.weights.flat.tobytes()
    shared.gradients.flat[...] = alone.gradients.flat[...] = 0.3
    one.update()
    several.update()
    assert shared.weights.flat.tobytes() == alone.weights.flat.tobytes()
