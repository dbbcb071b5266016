"""The gates of recurrent layers: what is shown is what the formula gives, and those at their ends are counted."""
import numpy as np
import pytest

from core.datasets import Samples
from core.engine.tape import Tape
from core.io import examples
from core.train.control import Control
from core.train.health import examined
from core.train.health._gates import flat_gates
from core.train.health.saturated import FLAT
from core.train.loop import train
from core.train.probes import answer
from core.train.request import Request
from core.train.sampling import look, watched
from core.train.session import Session

NAME = next(k for k, node in examples.load("brackets-lstm").nodes.items() if node.kind == "lstm")


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def gates_of(session, samples):
    """i, f and o of every step (3, time, n, units), by the formula, and which steps are padding (time, n)."""
    weights = session.network.weights[NAME]
    unit = next(unit for unit in session.network.units if unit.id == NAME)
    x = session.network.predict_all(samples.x)[unit.sources[0]].astype(float)
    units = unit.layer.units
    h = c = np.zeros((len(x), units))
    found, padding = [], []
    for t in range(x.shape[1]):
        z = x[:, t] @ weights["W"] + h @ weights["U"] + weights["b"]
        i, f, g, o = (z[:, k * units : (k + 1) * units] for k in range(4))
        skip = (x[:, t] == 0).all(axis=-1)[:, None] if unit.layer.masked else np.zeros((len(x), 1), bool)
        new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        c, h = np.where(skip, c, new), np.where(skip, h, sigmoid(o) * np.tanh(new))
        found.append([sigmoid(i), sigmoid(f), sigmoid(o)])
        padding.append(skip[:, 0])
    return np.swapaxes(np.array(found), 0, 1), np.array(padding)


def session_of(factor=1.0):
    session = Session(examples.load("brackets-lstm"))
    for name in ("W", "U", "b"):
        session.network.weights[NAME][name][...] *= factor
    return session


@pytest.mark.parametrize("factor", [1.0, 8.0])
def test_the_share_of_gates_at_their_ends_is_that_of_the_formula(factor):
    session = session_of(factor)
    samples = look(session)
    gates, padding = gates_of(session, samples)
    seen = gates[:, ~padding]
    expected = (seen * (1 - seen) < FLAT * 0.25).mean()
    found = flat_gates(watched(session, samples).shown[NAME], FLAT)
    assert found == pytest.approx(expected, abs=1e-4)
    trend = answer(session, Request.of("activity_trend", what="flat"))
    assert trend.values[trend.nodes.index(NAME), -1] == found


def test_what_is_shown_are_the_gates_of_the_formula():
    session = session_of()
    samples = look(session)
    gates, padding = gates_of(session, samples)
    shown = watched(session, samples).shown[NAME]["gates"]
    o, i, f = shown
    for there, expected in zip((i, f, o), gates, strict=True):
        np.testing.assert_allclose(there[~padding], expected[~padding], rtol=1e-4, atol=1e-5)


def test_gates_that_are_stuck_are_told_and_those_of_the_example_are_well():
    (problem,) = (problem for problem in examined(session_of(2000.0)) if problem.node == NAME)
    assert problem.code == "health.gates"
    assert "fully open or closed" in problem.message
    session = session_of()
    assert NAME not in {found.node for found in examined(session)}
    session.epochs = 1
    list(train(session, Control()))
    assert NAME not in {found.node for found in examined(session)}


def test_both_directions_and_padding_count():
    gates = np.array([0.5, 0.999, 0.001, 0.5]).reshape(1, 4, 1, 1)
    padding = np.array([False, False, True, False]).reshape(4, 1, 1)
    assert flat_gates({"gates": gates}, FLAT) == 0.5
    assert flat_gates({"gates": gates, "padding": padding}, FLAT) == pytest.approx(1 / 3)
    assert flat_gates({"gates": gates, "padding": padding, "gates back": gates}, FLAT) == pytest.approx(3 / 7)
    assert np.isnan(flat_gates({}, FLAT))


@pytest.mark.parametrize("options", [{}, {"bidirectional": True}, {"masked": True}])
@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_every_gated_layer_shows_numbers_between_0_and_1(kind, options):
    from tests.core._build import chain, dense

    doc = chain(("reshape", {"target": [2, 1]}), (kind, {"units": 3, **options}), dense(1), source="moons")
    session = Session(doc)
    samples = look(session)
    assert isinstance(samples, Samples)
    tape: Tape = watched(session, samples)
    shown = tape.shown[kind]
    names = {"gates"} | ({"gates back"} if options.get("bidirectional") else set())
    told = {name for name in shown if name.startswith(("gates", "padding"))}
    assert told == names | ({"padding"} if options.get("masked") else set())
    for name in names:
        assert shown[name].shape == (3 if kind == "lstm" else 2, 2, len(samples), 3)
        assert ((shown[name] >= 0) & (shown[name] <= 1)).all()
