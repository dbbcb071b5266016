"""What is said of networks that are ill, and that nothing is said of those that are well."""
import math

import numpy as np
import pytest

from core.io import examples
from core.layers import LAYERS
from core.train.control import Control
from core.train.health import Checkup, examined
from core.train.health._base import rough
from core.train.health.dead import dead_units
from core.train.health.idle import changes
from core.train.health.worse import at_first
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import answer
from core.train.request import Request
from core.train.sampling import look
from core.train.series import EPOCHS, epoch_series
from core.train.session import Session
from tests.core._build import chain, dense

LIGHT = sorted(name for name in examples.EXAMPLES if not name.startswith("mnist"))


def trained(doc, epochs, change=None):
    session = Session(doc)
    session.moments = Moments(session)
    if change is not None:
        change(session)
    session.epochs = epochs
    list(train(session, Control()))
    return session


def codes(session):
    return {problem.node: problem.code for problem in examined(session)}


def scaled(factor):
    """First weights that many times as large."""
    def change(session):
        for node in session.network.weights:
            session.network.weights[node]["W"][...] *= factor

    return change


@pytest.mark.parametrize("epochs", [0, 1, 20])
@pytest.mark.parametrize("name", LIGHT)
def test_the_examples_are_well(name, epochs):
    assert examined(trained(examples.load(name), epochs)) == ()


def test_ten_layers_of_sigmoids_let_the_gradient_vanish():
    doc = chain(*[layer for _ in range(10) for layer in (dense(8), "sigmoid")], dense(1), "sigmoid", source="moons")
    session = trained(doc, 0)
    (problem,) = examined(session)
    assert (problem.code, problem.node, problem.severity) == ("health.vanishing", "dense", "warning")
    checkup = Checkup(session)
    share = np.linalg.norm(checkup.slopes["dense"]) / max(np.linalg.norm(checkup.slopes[f"dense_{i}"])
                                                          for i in range(2, 12))
    assert f"only {rough(float(share))} of what it is 10 layers further on" in problem.message
    assert "ReLU" in problem.hint


@pytest.mark.parametrize(("factor", "codes_there"), [(1e-4, {"dense": "health.vanishing"}), (0.02, {})])
def test_a_thousandth_of_the_gradient_behind_is_where_it_vanishes(factor, codes_there):
    session = trained(chain(dense(8), "linear", dense(8), "linear", dense(1), source="moons"), 0)
    session.network.weights["dense_2"]["W"][...] = factor * np.eye(8)
    checkup = Checkup(session)
    share = checkup.length(checkup.slopes["dense"]) / checkup.length(checkup.slopes["dense_2"])
    assert share == pytest.approx(factor, rel=1e-5)
    assert codes(session) == codes_there


def test_two_layers_of_sigmoids_do_not():
    assert codes(trained(chain(dense(8), "sigmoid", dense(8), "sigmoid", dense(1), source="moons"), 5)) == {}


def test_a_learning_rate_of_ten_kills_rectifiers():
    doc = chain(dense(16), "relu", dense(16), "relu", dense(1), "sigmoid", source="moons", learning_rate=10.0,
                batch_size=16)
    found = codes(trained(doc, 20))
    assert set(found.values()) == {"health.dead"}
    assert set(found) <= {"relu", "relu_2"}


def test_huge_weights_saturate_tanh():
    doc = chain(dense(8), "tanh", dense(8), "tanh", dense(1), "sigmoid", source="moons", learning_rate=0.1)
    assert codes(trained(doc, 1, scaled(50.0))) == {"tanh": "health.saturated", "tanh_2": "health.saturated"}


def test_huge_weights_and_rectifiers_let_outputs_explode():
    doc = chain(dense(8), "relu", dense(8), "relu", dense(1), source="moons")
    session = trained(doc, 0, scaled(100.0))
    assert "health.outputs" in codes(session).values()


def test_a_gradient_that_grows_towards_the_input_is_told():
    doc = chain(dense(8), "linear", dense(8), "linear", dense(8), "linear", dense(1), source="moons")

    def change(session):
        for node, factor in (("dense", 1e-5), ("dense_2", 50.0), ("dense_3", 50.0)):
            session.network.weights[node]["W"][...] *= factor

    found = codes(trained(doc, 0, change))
    assert found == {"dense": "health.exploding"}


def test_a_layer_that_stands_still_while_others_learn_is_told():
    doc = chain(dense(6), "tanh", dense(6), "tanh", dense(6), "tanh", dense(1), "sigmoid", source="moons",
                learning_rate=0.5)
    session = trained(doc, 0)
    session.epochs = 60
    stuck = session.network.weights["dense_2"]
    held = {name: array.copy() for name, array in stuck.items()}
    for _ in train(session, Control()):
        for name, array in held.items():
            stuck[name][...] = array
    # Each epoch began with the same weights: they have moved by one step only.
    for name, array in held.items():
        stuck[name][...] = array
    for moment in session.moments._held.values():
        for name, array in held.items():
            moment.weights[session.network.weights.places["dense_2", name]] = array.ravel()
    assert codes(session) == {"dense_2": "health.idle"}
    ratios = changes(Checkup(session))
    assert ratios["dense_2"] == 0.0
    assert ratios["dense"] > 1e-5


def leaping(epochs=8):
    """A run of Adam with steps that are far too large: it does not explode, and does not learn."""
    return trained(chain(dense(6), "tanh", dense(1), "sigmoid", source="moons", learning_rate=1000.0,
                         loss="binary_crossentropy", optimizer={"kind": "adam", "params": {}}), epochs)


def test_a_loss_that_stays_far_above_that_of_the_untrained_network_names_the_learning_rate_at_the_output():
    session = leaping()
    losses = session.series.since(0)[:, EPOCHS.index("loss")]
    fresh = Session(session.document)
    samples = look(fresh, 256)
    untrained = max(fresh.network.evaluate(samples, fresh.network.targets(samples.y))[0], session.first_loss)
    (problem,) = (problem for problem in examined(session) if problem.code == "health.worse")
    assert problem.node == session.network.output
    assert "For 5 epochs the training loss has been more than twice that of the untrained network " in problem.message
    assert f"({losses[-1]:.3g} instead of {untrained:.3g})" in problem.message
    assert "the learning rate, 1000, is too high" in problem.message
    assert losses[-5:].min() > 2.0 * untrained


def test_five_bad_epochs_are_needed_and_looking_back_goes_by_those_of_then():
    assert "health.worse" not in codes(leaping(4)).values()
    session = leaping()
    early = next(step for step in session.moments.steps if session.moments.at(step).epoch == 4)
    with session.moments.shown(early):
        assert "health.worse" not in codes(session).values()


def with_losses(*losses):
    """The findings of a run that leaps, had its epochs had these losses."""
    session = leaping()
    rows = session.series.since(0)
    rows[-len(losses):, EPOCHS.index("loss")] = losses
    session.series = epoch_series(rows)
    return set(codes(session).values())


def test_a_loss_that_comes_down_again_or_was_low_once_of_late_is_no_illness():
    assert "health.worse" in with_losses(900.0, 800.0, 700.0, 600.0, 500.0)
    assert "health.worse" not in with_losses(900.0, 800.0, 700.0, 500.0, 300.0)
    assert "health.worse" not in with_losses(500.0, 500.0, 0.7, 500.0, 500.0)


def test_an_easy_first_batch_is_no_measure_of_the_untrained_network():
    session = leaping()
    samples = look(session, 256)
    with session.moments.shown(0):
        loss = session.network.evaluate(samples, session.network.targets(samples.y))[0]
    session.first_loss = 1e-6
    assert at_first(session) == loss > 0.1
    session.moments.forget_after(-1)
    session.cache.clear()
    assert math.isnan(at_first(session))
    assert "health.worse" not in codes(session).values(), "nobody knows what it was like before"


def test_a_frozen_layer_is_not_told_to_learn():
    doc = chain(dense(6), "tanh", dense(6), "tanh", dense(1), "sigmoid", source="moons", frozen=("dense_2",))
    assert codes(trained(doc, 60)) == {}


def test_the_same_answer_for_every_sample_is_told_once_at_the_layer_that_gives_it():
    def change(session):
        session.network.weights["dense_2"]["W"][...] = 0.0

    session = trained(chain(dense(6), "tanh", dense(1), "sigmoid", source="moons"), 1)
    change(session)
    assert codes(session) == {"dense_2": "health.constant"}
    fresh = trained(chain(dense(6), "tanh", dense(1), "sigmoid", source="moons"), 0, change)
    assert codes(fresh) == {}, "weights that start at 0 are given time"


def test_the_dead_share_is_that_of_a_layer_made_by_hand():
    doc = chain(dense(10), "relu", dense(1), source="moons")

    def change(session):
        session.network.weights["dense"]["b"][...] = [-1e3] * 6 + [1e3] * 4

    session = trained(doc, 0, change)
    (problem,) = (p for p in examined(session) if p.node == "relu")
    assert problem.message.startswith("6 of 10 units of ReLU are dead (60 %): they give 0 for all 128 samples")
    slopes = np.ones((5, 3, 3, 4))
    slopes[..., 1] = 0.0
    slopes[:, 1, 2, 1] = 1.0
    slopes[..., 3] = 0.0
    assert dead_units(slopes).tolist() == [False, False, False, True]


def shape_of(kind):
    session = Session(chain(dense(3), kind, dense(1), source="moons"))
    unit = next(unit for unit in session.network.units if unit.id == kind)
    curve = Checkup(session).curve(unit)
    return "" if curve is None else "saturates" if curve.saturates else "rectifies" if curve.rectifies else ""


def test_every_activation_is_known_by_its_slope_alone():
    shapes = {kind: shape_of(kind) for kind, layer in LAYERS.items() if layer.info.category == "Activation"}
    assert {kind for kind, shape in shapes.items() if shape == "saturates"} >= {"sigmoid", "tanh", "softsign",
                                                                               "hard_sigmoid"}
    assert {kind for kind, shape in shapes.items() if shape == "rectifies"} >= {"relu", "elu", "selu", "gelu", "silu",
                                                                               "mish", "softplus"}
    assert all(shapes[kind] == "" for kind in ("leaky_relu", "linear", "sine", "step", "softmax", "prelu"))


def test_the_slopes_are_those_of_the_formula():
    session = Session(chain(dense(3), "tanh", dense(1), source="moons"), dtype=np.float64)
    unit = next(unit for unit in session.network.units if unit.id == "tanh")
    curve = Checkup(session).curve(unit)
    x = np.random.default_rng(1).normal(size=(7, 3))
    np.testing.assert_allclose(curve.slopes(x), 1 - np.tanh(x) ** 2, rtol=1e-12)
    assert curve.steepest == 1.0


def test_small_gradients_are_no_illness_once_all_is_learned():
    doc = chain(*[layer for _ in range(10) for layer in (dense(8), "sigmoid")], dense(1), "sigmoid", source="moons")
    session = trained(doc, 0)
    session.first_loss = 1e3
    assert codes(session) == {}


def test_a_look_changes_no_bit_of_the_run():
    doc = chain(dense(6), "relu", "dropout", dense(1), "sigmoid", source="moons")
    left, right = trained(doc, 5), trained(doc, 2)
    answer(right, Request.of("health"))
    right.epochs = 5
    list(train(right, Control()))
    assert left.network.weights.flat.tobytes() == right.network.weights.flat.tobytes()


def test_the_probe_says_of_which_step_its_findings_are():
    session = trained(chain(dense(6), "relu", dense(1), "sigmoid", source="moons"), 3)
    found = answer(session, Request.of("health"))
    assert (found.step, found.findings) == (session.step, ())


@pytest.mark.parametrize(("share", "text"), [(0.97, "97 %"), (1.0, "100 %"), (0.004, "0.4 %"), (2.6e-7, "0.00003 %"),
                                             (0.0, "0 %")])
def test_shares_have_the_digits_that_tell(share, text):
    assert rough(share) == text
