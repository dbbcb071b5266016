"""Several outputs, with weights, and outputs that are to give the input back."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.datasets import DATASETS
from core.engine.gradcheck import check_gradient
from core.engine.network import Network
from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from tests.core._build import chain, dense
from tests.core.train._drive import run


def branched(weight=0.5, second="mse", target="input", **training):
    """Iris: classes at one end, the four features again at the other."""
    doc = chain(dense(6), "tanh", dense(3), source="iris", loss="sparse_categorical_crossentropy", **training)
    doc = edits.add_node(doc, Node("back", "dense", {"units": 4 if target == "input" else 3}))
    doc = edits.add_node(doc, Node("z_output", "output", {"loss": second, "target": target, "weight": weight}))
    doc = edits.connect(doc, Edge("tanh", "back"))
    return edits.connect(doc, Edge("back", "z_output"))


def network(doc, **options):
    report = check(doc)
    assert report.ok, report.problems
    return Network(doc, report, dtype=np.float64, **options)


def iris(n=20):
    samples = DATASETS["iris"]().load(0)
    return samples.take(np.random.default_rng(0).permutation(150)[:n])


def loss_of(net, samples):
    return net.evaluate(samples, net.targets(samples.y))[0]


@pytest.mark.parametrize(("second", "target"), [
    ("mse", "input"), ("categorical_crossentropy", "data"), ("mae", "data"),
])
def test_the_gradient_of_a_weighted_sum_of_losses_is_right(second, target):
    found = check_gradient(network(branched(0.7, second, target)), iris())
    assert found.error < 1e-6


def test_the_loss_is_the_sum_of_the_losses_each_times_its_weight():
    samples = iris()
    alone, both, more = (loss_of(network(branched(weight)), samples) for weight in (0.0, 1.0, 3.0))
    assert more - alone == pytest.approx(3.0 * (both - alone), rel=1e-12)
    net = network(branched(1.0))
    back = net.predict(samples.x, "z_output")
    assert both - alone == pytest.approx(float(np.mean((back - samples.x) ** 2)), rel=1e-12)


def test_scores_and_predictions_are_those_of_the_output_that_looks_at_the_targets():
    net, samples = network(branched()), iris()
    assert net.output == "output"
    assert net.predict(samples.x).shape == (20, 3)
    score = net.evaluate(samples, net.targets(samples.y))[1]
    assert score == pytest.approx(float(np.mean(net.predict(samples.x).argmax(1) == samples.y)))


def test_two_outputs_may_read_the_same_node():
    doc = chain(dense(3), source="iris", loss="sparse_categorical_crossentropy")
    doc = edits.add_node(doc, Node("second", "output", {"loss": "mse"}))
    doc = edits.connect(doc, Edge("dense", "second"))
    assert check_gradient(network(doc), iris()).error < 1e-6


def test_two_outputs_may_read_one_softmax():
    doc = chain(dense(3), "softmax", source="iris", loss="sparse_categorical_crossentropy")
    doc = edits.add_node(doc, Node("second", "output", {"loss": "categorical_crossentropy", "weight": 2.0}))
    doc = edits.connect(doc, Edge("softmax", "second"))
    assert check_gradient(network(doc), iris()).error < 1e-6


def test_a_network_with_two_outputs_trains_both():
    session, _ = run(branched(1.0, epochs=60, optimizer="adam", learning_rate=0.02, batch_size=30))
    losses = session.series.since(0)[:, session.series.names.index("loss")]
    assert losses[-1] < 0.3 * losses[0]
    x = session.parts.train.x
    back = session.network.predict(x, "z_output")
    assert float(np.mean((back - x) ** 2)) < 0.2 * float(np.var(x - x.mean(0)) + np.mean(x**2))


def autoencoder(**training):
    return chain(dense(2), "tanh", dense(4), source="iris", data={"steps": ["min_max"]}, rule="autoencoder",
                 **{"optimizer": "adam", "learning_rate": 0.03, "epochs": 150, "batch_size": 30, **training})


def test_an_autoencoder_learns_to_give_its_input_back_through_a_narrow_layer():
    session, _ = run(autoencoder())
    x = session.parts.train.x
    error = float(np.mean((session.network.predict(x) - x) ** 2))
    # Two principal components leave less than 5 % of the variance of these data.
    assert error < 0.1 * float(x.var(0).mean())
    assert math.isnan(session.series.last()["score"])
    assert session.series.last()["loss"] == pytest.approx(error, rel=0.3)


def test_an_autoencoder_may_be_measured_by_cross_entropy():
    session, _ = run(chain(dense(2), "tanh", dense(4), source="iris", loss="binary_crossentropy", rule="autoencoder",
                           data={"steps": ["min_max"]}, epochs=3))
    assert np.isfinite(session.series.last()["loss"])


def test_an_autoencoder_whose_end_has_another_shape_is_told_which_one_it_needs():
    doc = chain(dense(3), source="iris", rule="autoencoder")
    (problem,) = check(doc).problems
    assert problem.code == "output.width"
    assert "(3)" in problem.message
    assert "(4)" in problem.message


def test_class_losses_cannot_compare_with_the_input():
    doc = chain(dense(4), source="iris", loss="sparse_categorical_crossentropy", rule="autoencoder")
    (problem,) = check(doc).problems
    assert problem.code == "loss.task"
    assert problem.param == "loss"


def test_an_output_may_keep_to_the_targets_while_another_one_gives_the_input_back():
    doc = edits.set_params(edits.set_training(branched(target="auto"), {"rule": "autoencoder"}), "back", {"units": 4})
    doc = edits.set_params(doc, "output", {"target": "data"})
    net = network(doc)
    assert [goal.encoding for goal in net.goals] == ["label", "input"]
