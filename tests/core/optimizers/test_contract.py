"""Every optimizer against its textbook formula, written once more in plain float64."""
import math

import numpy as np
import pytest

from core.engine import updater
from core.engine.network import Network
from core.engine.updater import Updater
from core.graph.check import check
from core.optimizers import OPTIMIZERS
from tests.core._build import chain, dense

STEPS, SIZE, RATE = 10, 7, 0.05


def sgd(w, gradients, rates):
    for g, rate in zip(gradients, rates, strict=True):
        w = [a - rate * b for a, b in zip(w, g, strict=True)]
        yield w


def momentum(w, gradients, rates, momentum=0.9):
    velocity = [0.0] * len(w)
    for g, rate in zip(gradients, rates, strict=True):
        velocity = [momentum * v + b for v, b in zip(velocity, g, strict=True)]
        w = [a - rate * v for a, v in zip(w, velocity, strict=True)]
        yield w


def rmsprop(w, gradients, rates, rho=0.9, epsilon=1e-7):
    mean = [0.0] * len(w)
    for g, rate in zip(gradients, rates, strict=True):
        mean = [rho * v + (1 - rho) * b * b for v, b in zip(mean, g, strict=True)]
        w = [a - rate * b / (math.sqrt(v) + epsilon) for a, b, v in zip(w, g, mean, strict=True)]
        yield w


def adam(w, gradients, rates, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = [0.0] * len(w), [0.0] * len(w)
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), 1):
        m = [beta1 * a + (1 - beta1) * b for a, b in zip(m, g, strict=True)]
        v = [beta2 * a + (1 - beta2) * b * b for a, b in zip(v, g, strict=True)]
        first = [a / (1 - beta1**t) for a in m]
        second = [a / (1 - beta2**t) for a in v]
        w = [a - rate * p / (math.sqrt(q) + epsilon) for a, p, q in zip(w, first, second, strict=True)]
        yield w


def nesterov(w, gradients, rates, momentum=0.9):
    velocity = [0.0] * len(w)
    for g, rate in zip(gradients, rates, strict=True):
        velocity = [momentum * v + b for v, b in zip(velocity, g, strict=True)]
        w = [a - rate * (b + momentum * v) for a, b, v in zip(w, g, velocity, strict=True)]
        yield w


def adagrad(w, gradients, rates, epsilon=1e-10):
    total = [0.0] * len(w)
    for g, rate in zip(gradients, rates, strict=True):
        total = [v + b * b for v, b in zip(total, g, strict=True)]
        w = [a - rate * b / (math.sqrt(v) + epsilon) for a, b, v in zip(w, g, total, strict=True)]
        yield w


def adamw(w, gradients, rates, weight_decay=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = [0.0] * len(w), [0.0] * len(w)
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), 1):
        m = [beta1 * a + (1 - beta1) * b for a, b in zip(m, g, strict=True)]
        v = [beta2 * a + (1 - beta2) * b * b for a, b in zip(v, g, strict=True)]
        steps = [p / (1 - beta1**t) / (math.sqrt(q / (1 - beta2**t)) + epsilon) for p, q in zip(m, v, strict=True)]
        w = [a - rate * weight_decay * a - rate * step for a, step in zip(w, steps, strict=True)]
        yield w


def nadam(w, gradients, rates, momentum_decay=0.004, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = [0.0] * len(w), [0.0] * len(w)
    for t, (g, rate) in enumerate(zip(gradients, rates, strict=True), 1):
        u = [beta1 * (1 - 0.5 * 0.96 ** (i * momentum_decay)) for i in range(1, t + 2)]
        m = [beta1 * a + (1 - beta1) * b for a, b in zip(m, g, strict=True)]
        v = [beta2 * a + (1 - beta2) * b * b for a, b in zip(v, g, strict=True)]
        ahead = [u[-1] * p / (1 - math.prod(u)) + (1 - u[-2]) * b / (1 - math.prod(u[:-1]))
                 for p, b in zip(m, g, strict=True)]
        w = [a - rate * p / (math.sqrt(q / (1 - beta2**t)) + epsilon) for a, p, q in zip(w, ahead, v, strict=True)]
        yield w


def lion(w, gradients, rates, beta1=0.9, beta2=0.99, weight_decay=0.0):
    m = [0.0] * len(w)
    for g, rate in zip(gradients, rates, strict=True):
        ways = [math.copysign(1.0, c) if (c := beta1 * a + (1 - beta1) * b) else 0.0 for a, b in zip(m, g, strict=True)]
        w = [a - rate * (way + weight_decay * a) for a, way in zip(w, ways, strict=True)]
        m = [beta2 * a + (1 - beta2) * b for a, b in zip(m, g, strict=True)]
        yield w


TEXTBOOK = {"sgd": sgd, "momentum": momentum, "nesterov": nesterov, "rmsprop": rmsprop, "adagrad": adagrad,
            "adam": adam, "adamw": adamw, "nadam": nadam, "lion": lion}
CASES = [
    ("sgd", {}), ("momentum", {}), ("momentum", {"momentum": 0.0}), ("momentum", {"momentum": 0.5}),
    ("rmsprop", {}), ("rmsprop", {"rho": 0.99, "epsilon": 0.1}), ("rmsprop", {"rho": 0.0}),
    ("adam", {}), ("adam", {"beta1": 0.5, "beta2": 0.9, "epsilon": 0.1}), ("adam", {"beta1": 0.0, "beta2": 0.0}),
    ("nesterov", {}), ("nesterov", {"momentum": 0.0}), ("adagrad", {}), ("adagrad", {"epsilon": 0.1}),
    ("adamw", {"weight_decay": 0.0}), ("nadam", {}), ("nadam", {"beta1": 0.5, "momentum_decay": 0.5, "epsilon": 0.1}),
    ("lion", {}), ("lion", {"beta1": 0.5, "beta2": 0.3}), ("lion", {"beta1": 0.0, "beta2": 0.0}),
]
DECAYING = [("adamw", {}), ("adamw", {"weight_decay": 0.5, "epsilon": 0.1}), ("lion", {"weight_decay": 0.5})]


def test_every_optimizer_has_a_textbook_formula_here():
    assert set(OPTIMIZERS) == set(TEXTBOOK)


def steps(kind, params, w, gradients, rates, dtype=np.float64):
    """The weights after every step."""
    w, g = np.array(w, dtype), np.zeros(len(w), dtype)
    optimizer, rate = OPTIMIZERS[kind](**params), np.zeros((), dtype)
    slots = {name: np.zeros_like(w) for name in optimizer.slots}
    update = optimizer.bind(w, g, slots, rate, np.full_like(w, np.nan))
    for t, (gradient, value) in enumerate(zip(gradients, rates, strict=True), 1):
        g[...], rate[...] = gradient, value
        update(t)
        assert np.array_equal(g, np.asarray(gradient, dtype)), "the gradient belongs to the network"
        yield w.copy()


def problem(seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=SIZE).tolist(), rng.normal(size=(STEPS, SIZE)).tolist()


@pytest.mark.parametrize(("kind", "params"), CASES + DECAYING)
def test_ten_steps_agree_with_the_textbook(kind, params):
    w, gradients = problem()
    rates = [RATE] * STEPS
    wanted = TEXTBOOK[kind](w, gradients, rates, **params)
    for ours, theirs in zip(steps(kind, params, w, gradients, rates), wanted, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(("kind", "params"), CASES + DECAYING)
def test_the_learning_rate_counts_from_the_next_step(kind, params):
    w, gradients = problem(1)
    rates = [RATE] * 5 + [RATE / 10] * 5
    wanted = TEXTBOOK[kind](w, gradients, rates, **params)
    for ours, theirs in zip(steps(kind, params, w, gradients, rates), wanted, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize(("kind", "params"), CASES)
def test_a_weight_without_gradient_keeps_its_bits(kind, params):
    w = np.array([0.1, -0.0, 3e-30, -7.7])
    *_, last = steps(kind, params, w, np.zeros((STEPS, 4)), [RATE] * STEPS)
    assert last.tobytes() == w.tobytes()


@pytest.mark.parametrize(("kind", "params"), DECAYING)
def test_a_weight_without_gradient_fades_by_the_rate_times_the_decay(kind, params):
    *_, last = steps(kind, params, [1.0, -2.0], np.zeros((STEPS, 2)), [RATE] * STEPS)
    decay = OPTIMIZERS[kind](**params).weight_decay
    assert last == pytest.approx(np.array([1.0, -2.0]) * (1.0 - RATE * decay) ** STEPS, rel=1e-12)


@pytest.mark.parametrize("kind", list(OPTIMIZERS))
def test_an_optimizer_that_goes_on_from_what_it_remembers_takes_the_same_steps(kind):
    w, gradients = problem(5)
    *_, whole = steps(kind, {}, w, gradients, [RATE] * STEPS)
    optimizer, rate = OPTIMIZERS[kind](), np.asarray(RATE)
    now, g = np.array(w), np.zeros(SIZE)
    slots = {name: np.zeros(SIZE) for name in optimizer.slots}
    for first in (0, STEPS // 2):
        update = OPTIMIZERS[kind]().bind(now, g, slots, rate, np.full(SIZE, np.nan))
        for t in range(first, first + STEPS // 2):
            g[...] = gradients[t]
            update(t + 1)
    assert now.tobytes() == whole.tobytes()


@pytest.mark.parametrize(("kind", "params"), CASES + DECAYING)
def test_single_precision_agrees_with_the_textbook(kind, params):
    w, gradients = problem(2)
    *_, ours = steps(kind, params, w, gradients, [RATE] * STEPS, np.float32)
    *_, theirs = TEXTBOOK[kind](w, gradients, [RATE] * STEPS, **params)
    assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("kind", list(OPTIMIZERS))
def test_pieces_that_fit_the_cache_change_no_bit(kind, monkeypatch):
    def after(piece):
        monkeypatch.setattr(updater, "PIECE", piece)
        doc = chain(dense(5), "tanh", dense(1), optimizer=kind)
        network = Network(doc, check(doc), seed=3)
        bound = Updater(network, OPTIMIZERS[kind](), RATE, l2=0.01)
        rng = np.random.default_rng(4)
        for _ in range(STEPS):
            network.gradients.flat[...] = rng.normal(size=network.parameters)
            bound.update()
        return network.weights.flat.tobytes()

    assert after(1 << 15) == after(4) == after(1)


def test_l2_pulls_on_weights_but_neither_on_biases_nor_on_frozen_nodes():
    doc = chain(dense(3), "tanh", dense(1), frozen=("dense",))
    network = Network(doc, check(doc), dtype=np.float64)
    network.weights.flat[...] = 1.0
    Updater(network, OPTIMIZERS["sgd"](), 0.5, l2=0.1).update()
    assert network.weights["dense"]["W"] == pytest.approx(1.0, abs=0)
    assert network.weights["dense_2"]["b"] == pytest.approx(1.0, abs=0)
    assert network.weights["dense_2"]["W"] == pytest.approx(1.0 - 0.5 * 2 * 0.1 * 1.0)


def test_l2_is_the_gradient_of_the_sum_of_squares():
    doc = chain(dense(1))
    network = Network(doc, check(doc), dtype=np.float64)
    start = network.weights["dense"]["W"].copy()
    Updater(network, OPTIMIZERS["sgd"](), 0.1, l2=0.25).update()
    assert network.weights["dense"]["W"] == pytest.approx(start - 0.1 * 2 * 0.25 * start, rel=1e-12)


@pytest.mark.parametrize("kind", list(OPTIMIZERS))
def test_the_declaration_is_complete(kind):
    optimizer = OPTIMIZERS[kind]
    assert optimizer.info.kind == kind
    assert optimizer.info.title
    assert optimizer.info.summary
    assert "Source:" in optimizer.__doc__
    assert all(p.doc.endswith(".") for p in optimizer.params.values())
    assert optimizer(**optimizer().config()).config() == optimizer().config()
