"""Whole networks: back-propagation agrees with differences, for every head and with frozen nodes."""
import numpy as np
import pytest

from core.datasets import DATASETS, Samples
from core.engine.gradcheck import check_gradient
from core.engine.network import Network
from core.graph.check import check
from core.losses import LOSSES
from tests.core._build import chain, dense

DROPOUT = ("dropout", {"rate": 0.4})


def samples(doc, n):
    loaded = DATASETS[doc.data["source"].kind](**doc.data["source"].params).load(0)
    return Samples(loaded.x[:n], loaded.y[:n])


def error(doc, n=7, seed=0):
    network = Network(doc, check(doc), seed=seed, dtype=np.float64)
    network.weights.flat[...] += 0.05 * np.random.default_rng(seed).normal(size=network.parameters)
    return check_gradient(network, samples(doc, n), seed=seed).error


TWO = {"source": {"kind": "moons", "params": {"noise": 0.1}}}
DOCUMENTS = {
    "a chain with mean squared error": chain(dense(4), "tanh", dense(1), "sigmoid", **TWO),
    "a sigmoid head": chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy", **TWO),
    "raw scores for binary cross-entropy": chain(dense(4), "tanh", dense(1), loss="binary_crossentropy", **TWO),
    "linear scores for binary cross-entropy": chain(dense(4), dense(1), "linear", loss="binary_crossentropy", **TWO),
    "a softmax head on one-hot targets": chain(dense(5), "elu", dense(3), "softmax", source="iris",
                                               loss="categorical_crossentropy"),
    "raw scores on one-hot targets": chain(dense(5), dense(3), source="iris", loss="categorical_crossentropy"),
    "a softmax head on class numbers": chain(dense(5), "sigmoid", dense(3), "softmax", source="iris",
                                             loss="sparse_categorical_crossentropy"),
    "raw scores on class numbers": chain(dense(5), dense(3), source="iris", loss="sparse_categorical_crossentropy"),
    "softmax and mean squared error": chain(dense(3), "softmax", source="iris", loss="mse"),
    "dropout inside": chain(dense(8), "tanh", DROPOUT, dense(3), "softmax", source="iris",
                            loss="sparse_categorical_crossentropy"),
    "dropout first and last": chain(DROPOUT, dense(3), DROPOUT, source="iris", loss="categorical_crossentropy"),
    "activations in a row": chain(dense(4), "tanh", "sigmoid", "linear", "elu", dense(3), "softmax", "softmax",
                                  source="iris", loss="categorical_crossentropy"),
    "a frozen first layer": chain(dense(4), "tanh", dense(1), "sigmoid", frozen=("dense",), **TWO),
    "a frozen last layer": chain(dense(4), "tanh", dense(1), "sigmoid", frozen=("dense_2",), **TWO),
    "a frozen middle layer": chain(dense(4), dense(4), "tanh", dense(1), frozen=("dense_2",), **TWO),
    "an activation before any weights": chain("tanh", dense(1), "sigmoid", loss="binary_crossentropy", **TWO),
}


@pytest.mark.parametrize("n", [1, 7])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_back_propagation_agrees_with_differences(name, n):
    assert error(DOCUMENTS[name], n) < 1e-6


@pytest.mark.parametrize(("loss", "head"), [
    (loss, head) for loss in LOSSES for head in ("linear", "sigmoid", "softmax", "tanh")
    if (LOSSES[loss].activation, head) != ("sigmoid", "softmax")  # of a single number it is always 1
])
def test_every_loss_behind_every_head_has_the_right_gradient(loss, head):
    if LOSSES[loss].activation == "sigmoid":
        doc = chain(dense(4), "tanh", dense(1), head, loss=loss, **TWO)
    else:
        doc = chain(dense(4), "tanh", dense(3), head, loss=loss, source="iris")
    assert error(doc) < 1e-6


def test_the_check_leaves_weights_and_chance_as_they_were():
    doc = DOCUMENTS["dropout inside"]
    network = Network(doc, check(doc), dtype=np.float64)
    before, state = network.weights.flat.copy(), network.rng.bit_generator.state
    check_gradient(network, samples(doc, 5))
    assert np.array_equal(before, network.weights.flat)
    assert network.rng.bit_generator.state == state


def test_the_check_notices_a_gradient_that_is_off(monkeypatch):
    from core.layers import LAYERS

    right = LAYERS["tanh"].bind

    def wrong(self, frame):
        forward, backward = right(self, frame)

        def off():
            backward()
            np.multiply(frame.dx, 1.01, out=frame.dx)

        return forward, off

    monkeypatch.setattr(LAYERS["tanh"], "bind", wrong)
    assert error(DOCUMENTS["a chain with mean squared error"]) > 1e-4
