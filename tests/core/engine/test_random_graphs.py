"""Random graphs over all kinds of layers: valid ones are computed rightly, invalid ones are refused in words.

Few, fixed examples of each kind; `HYPOTHESIS_PROFILE=thorough` draws forty times as many.
"""
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.engine.gradcheck import GradientCheck, check_gradient, penalty
from core.engine.network import Network
from core.errors import GraphError
from core.graph.check import check
from core.train.session import Session
from tests.core.engine._graphs import graphs, kinds
from tests.core.engine._mutations import MUTATIONS, chaos, spoiled

FEW = settings(max_examples=max(3, settings.default.max_examples // 16))
each_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.info.kind)


def network_of(graph, seed=0, threads=1):
    """A float64 network whose weights are off the places where biases of 0 put everything on a kink."""
    report = check(graph.doc)
    assert report.ok, report.problems
    network = Network(graph.doc, report, seed=seed, dtype=np.float64, threads=threads)
    network.weights.flat[...] += 0.05 * np.random.default_rng(seed).normal(size=network.parameters)
    return network


def loss_at(network, samples, weights):
    """The training loss there, with the same chance and the same memory every time."""
    chance, remembered, kept = network.rng.bit_generator.state, network.state.flat.copy(), network.weights.flat.copy()
    network.weights.flat[...] = weights
    plan = network.plan(len(samples), train=True)
    plan.fill(samples.x, network.targets(samples.y))
    with np.errstate(all="ignore"):
        for run in plan.forward:
            run()
        value = plan.loss() + penalty(network, plan)
    network.rng.bit_generator.state = chance
    network.state.flat[...], network.weights.flat[...] = remembered, kept
    return value


def agrees(found: GradientCheck, noise: float) -> bool:
    return abs(found.exact - found.numeric) <= 1e-5 * max(abs(found.exact), abs(found.numeric)) + noise


def has_a_slope(network, samples, way, step):
    """False on a kink, where the slopes to the left and to the right differ, and where rounding hides them."""
    here = network.weights.flat.copy()
    left, middle, right = (loss_at(network, samples, here + side * step * way) for side in (-1, 0, 1))
    noise = 1e-14 * max(1.0, abs(middle))
    return abs((right - middle) - (middle - left)) <= 1e-3 * abs(right - left) + noise


def wrong_gradient(network, samples, seed=0):
    """What disagrees at every step size, though the loss is smooth there; None if the gradient is right."""
    mask = network.weights.like()
    for unit in network.units:
        for array in mask[unit.id].values():
            array.fill(0.0 if unit.frozen else 1.0)
    way = np.random.default_rng(seed).normal(size=network.parameters) * mask.flat
    size = max(1.0, abs(loss_at(network, samples, network.weights.flat)))
    tries = []
    for step in (1e-6, 1e-7, 1e-5):
        found = check_gradient(network, samples, seed=seed, step=step)
        tries.append(found)
        if agrees(found, 1e-13 * size / step) or not has_a_slope(network, samples, way, step):
            return None
    return tries


@each_kind
@FEW
@given(st.data())
def test_the_gradient_of_a_valid_graph_agrees_with_differences(kind, data):
    graph = data.draw(graphs(kind))
    assert wrong_gradient(network_of(graph), graph.samples(7)) is None


@given(graphs())
def test_a_valid_graph_trains_in_full_and_partial_batches_with_finite_numbers(graph):
    with patch("core.train.session.load_parts", lambda _: graph.parts(7)):
        session = Session(graph.doc)
    frozen = {unit.id: session.network.weights[unit.id] for unit in session.network.units if unit.frozen}
    before = {node: {k: w.copy() for k, w in weights.items()} for node, weights in frozen.items()}
    session.rule.begin_epoch()
    with np.errstate(all="ignore"):
        losses = [session.rule.step(batch) for batch in range(session.rule.batches)]
    assert len(losses) == 3
    assert np.isfinite(losses).all()
    assert np.isfinite(session.network.weights.flat).all()
    for node, weights in before.items():
        assert all(np.array_equal(w, session.network.weights[node][k]) for k, w in weights.items())


@given(graphs())
def test_predictions_treat_samples_one_by_one(graph):
    network, x = network_of(graph), graph.samples(5).x
    together = network.predict(x)
    assert np.isfinite(together).all()
    # What a layer draws depends on the place of a sample in the batch.
    drawn = any(unit.layer.draws for unit in network.units)
    for i in range(len(x)):
        alone = network.predict(x[0 if drawn else i : i + 1])[-1]
        assert alone == pytest.approx(together[i], rel=1e-9, abs=1e-12)


def halves(n, multiply_adds, threads):
    return [n - n // 2, n // 2]


@each_kind
@FEW
@given(st.data())
def test_a_batch_cut_over_two_threads_gives_the_loss_and_the_gradient_of_the_whole(kind, data):
    graph = data.draw(graphs(kind))
    whole, parted = network_of(graph, threads=1), network_of(graph, threads=2)
    samples, chance = graph.samples(7), whole.rng.bit_generator.state
    loss, gradient = learned(whole, samples)
    if whole.rng.bit_generator.state != chance:
        return  # Each part draws numbers of its own.
    with patch("core.engine.network.cut", halves):
        assert len(parted.batch(7).plans) == 2
        other_loss, other = learned(parted, samples)
    assert other_loss == pytest.approx(loss, rel=1e-9, abs=1e-12)
    assert other == pytest.approx(gradient, rel=1e-7, abs=1e-10 * max(1.0, np.abs(gradient).max(initial=0.0)))
    assert parted.state.flat == pytest.approx(whole.state.flat, rel=1e-9, abs=1e-12)


def learned(network, samples):
    """Loss and gradient of one step over all samples."""
    batch = network.batch(len(samples))
    batch.fill(samples.x, network.targets(samples.y))
    with np.errstate(all="ignore"):
        loss = batch.compute()
    return loss, sum((other for other in batch.others), network.gradients.flat.copy())


def refuses(doc):
    """True if `check` finds something that blocks; then a Network says so, and otherwise it can be built."""
    report = check(doc)
    if report.ok:
        Network(doc, report).plan(2, train=True)
        return False
    assert all(p.code and p.message and p.severity in ("error", "warning") for p in report.problems)
    with pytest.raises(GraphError):
        Network(doc, report)
    return True


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@FEW
@given(st.data())
def test_what_is_wrong_with_a_graph_is_found(mutation, data):
    assert refuses(data.draw(spoiled(mutation)))


@given(chaos())
def test_whatever_a_document_holds_check_answers_and_the_network_agrees(doc):
    refuses(doc)
