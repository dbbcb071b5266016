"""Layers that hold a network back by chance or by a price, and nodes that numbers start from."""
import math
from types import SimpleNamespace

import numpy as np
import pytest

from core.datasets import Samples
from core.engine.gradcheck import check_gradient, penalty
from core.engine.network import Network
from core.graph import edits
from core.graph.check import check
from core.graph.document import Edge, Node
from core.layers import LAYERS, Example, Frame
from tests.core._build import chain, dense
from tests.core.layers._bench import Bench


def bench_of(kind, shape, /, n=5, **params):
    layer = LAYERS[kind]
    return Bench(layer, Example(params, (shape,) if layer.inputs else ()), n=n)


CHANCE = [("dropout", {"rate": 0.5}, (6,)), ("dropout", {"rate": 0.3}, (7,)),
          ("spatial_dropout", {"rate": 0.3}, (2, 5)), ("gaussian_noise", {}, (3,)), ("noise", {"shape": [3]}, ()),
          ("noise", {"shape": [3], "distribution": "uniform"}, ())]
each_chance = pytest.mark.parametrize(("kind", "params", "shape"), CHANCE)


@each_chance
def test_all_that_chance_needs_to_go_on_is_in_its_generator(kind, params, shape):
    bench = bench_of(kind, shape, **params)
    frame, run, _ = bench.bound(bench.xs, {})
    run()
    state = frame.rng.bit_generator.state
    run()
    following = frame.y.copy()
    resumed, again, _ = bench.bound(bench.xs, {})
    resumed.rng.bit_generator.state = state
    again()
    assert resumed.y.tobytes() == following.tobytes()


@each_chance
def test_every_pass_in_training_draws_anew(kind, params, shape):
    bench = bench_of(kind, shape, n=40, **params)
    frame, run, _ = bench.bound(bench.xs, {})
    run()
    first = frame.y.copy()
    run()
    assert not np.array_equal(first, frame.y)


@pytest.mark.parametrize("rate", [1 / 256, 0.25, 0.5, 0.75, 0.001, 0.2, 0.33, 0.95])
def test_dropout_silences_its_share_and_neighbours_independently(rate):
    bench = bench_of("dropout", (1000,), n=1000, rate=rate)
    dropped = bench.forward([np.ones((1000, 1000))]) == 0.0
    deviation = math.sqrt(rate * (1.0 - rate) / dropped.size)
    assert dropped.mean() == pytest.approx(rate, abs=4.5 * deviation)
    both = (dropped[:, 1:] & dropped[:, :-1]).mean()
    assert both == pytest.approx(rate**2, abs=6.0 * rate * deviation + 1e-5)


def test_gaussian_noise_is_distributed_as_the_normal_distribution():
    bench = bench_of("gaussian_noise", (1000,), n=1000, stddev=2.0)
    noise = bench.forward([np.zeros((1000, 1000))]).ravel() / 2.0
    ordered = np.sort(noise)
    wanted = np.array([0.5 * math.erfc(-z / math.sqrt(2.0)) for z in ordered[::500]])
    assert np.abs(wanted - np.arange(0, noise.size, 500) / noise.size).max() < 1.95 / math.sqrt(noise.size)
    assert (noise**4).mean() == pytest.approx(3.0, abs=0.05)
    half = noise.size // 2
    for a, b in ((noise[:half], noise[half:]), (noise[1:], noise[:-1])):
        assert abs(np.corrcoef(a, b)[0, 1]) < 0.006
        assert abs(np.corrcoef(a**2, b**2)[0, 1]) < 0.006


@pytest.mark.parametrize("word", [0, 2**64 - 1, 1, 2**31, 2**63])
def test_gaussian_noise_is_finite_whatever_bits_are_drawn(word):
    bits = SimpleNamespace(random_raw=lambda count: np.full(count, word, np.uint64))
    y = np.empty((3, 5), np.float32)
    frame = Frame(xs=(np.zeros_like(y),), y=y, dxs=(None,), dy=np.empty(0), gradient=False, weights={}, grads={},
                  state={}, train=True, rng=SimpleNamespace(bit_generator=bits), scratch=np.empty)
    run, _ = LAYERS["gaussian_noise"](stddev=1.0).bind(frame)
    run()
    assert np.abs(y).max() < 6.7


@pytest.mark.parametrize(("l1", "l2"), [(0.3, 0.0), (0.0, 0.2), (0.3, 0.2)])
def test_activity_regularization_adds_the_slope_of_its_price_to_the_gradient(l1, l2):
    bench = bench_of("activity_regularization", (4,), l1=l1, l2=l2)
    bench.xs[0][0] = [0.0, -0.0, 2.0, -2.0]
    (x,), dy = bench.xs, np.random.default_rng(1).normal(size=(5, 4))
    assert np.array_equal(bench.forward(), x)
    (dx,), _ = bench.backward(dy)
    assert dx == pytest.approx(dy + (l1 * np.sign(x) + 2.0 * l2 * x) / 5, rel=1e-12)
    price = sum(l1 * abs(value) + l2 * value**2 for value in x.ravel().tolist()) / 5
    assert bench.layer.penalty([x]) == pytest.approx(price, rel=1e-12)


def test_the_price_of_a_part_of_a_batch_is_shared_by_the_whole():
    layer = LAYERS["activity_regularization"](l1=0.3, l2=0.2)
    x, slopes = np.random.default_rng(1).normal(size=(5, 4)), []
    for part, count in ((x, 0), (x[:2], 5), (x[2:], 5)):
        dx = np.empty_like(part)
        frame = Frame(xs=(part,), y=np.empty_like(part), dxs=(dx,), dy=np.ones_like(part), gradient=True, weights={},
                      grads={}, state={}, train=True, rng=np.random.default_rng(0), scratch=np.empty, count=count)
        run, back = layer.bind(frame)
        run()
        back()
        slopes.append(dx)
    assert np.concatenate(slopes[1:]) == pytest.approx(slopes[0], rel=1e-12)


def ran(network, samples):
    plan = network.plan(len(samples), train=True)
    plan.fill(samples.x, network.targets(samples.y))
    for run in plan.forward:
        run()
    return plan


def test_the_loss_that_is_shown_stays_that_of_the_data_and_the_gradient_is_that_of_both():
    samples = Samples(np.array([[0.0, 1.0], [1.0, 1.0], [0.5, -1.0]]), np.array([1, 0, 1]))
    plain, priced = (chain(dense(3), step, "tanh", dense(1)) for step in
                     ("identity", ("activity_regularization", {"l1": 0.1, "l2": 0.2})))
    networks = [Network(doc, check(doc), seed=2, dtype=np.float64) for doc in (plain, priced)]
    networks[1].weights.flat[...] = networks[0].weights.flat
    plans = [ran(network, samples) for network in networks]
    assert plans[0].loss() == plans[1].loss()
    inner = plans[1].values["dense"]
    assert penalty(networks[1], plans[1]) == pytest.approx((0.1 * np.abs(inner) + 0.2 * inner**2).sum() / 3)
    assert check_gradient(networks[1], samples).error < 1e-6


def test_a_price_on_activity_makes_it_smaller():
    def activity(l1):
        doc = chain(dense(8), "relu", ("activity_regularization", {"l1": l1, "l2": 0.0}), dense(1), "sigmoid",
                    loss="binary_crossentropy")
        network = Network(doc, check(doc), seed=1)
        samples = Samples(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0]))
        for _ in range(200):
            plan = ran(network, samples)
            plan.loss()
            for run in plan.backward:
                run()
            network.weights.flat[...] -= 0.3 * network.gradients.flat
        return np.abs(network.predict(samples.x, "relu")).sum()

    assert activity(0.05) < 0.5 * activity(0.0)


def test_a_constant_is_its_number_for_every_sample():
    bench = bench_of("constant", (), n=3, value=-2.5, shape=[2, 3])
    assert bench.shape == (2, 3)
    assert np.array_equal(bench.forward(), np.full((3, 2, 3), -2.5))
    assert bench.forward(n=1).shape == (1, 2, 3)


def with_a_source(kind, params):
    """Input beside a node that numbers start from, side by side into Dense and Output."""
    doc = edits.set_data(edits.empty(), {"source": "xor"})
    for node in (Node("input", "input"), Node("start", kind, params), Node("concatenate", "concatenate"),
                 Node("dense", "dense", {"units": 1}), Node("output", "output")):
        doc = edits.add_node(doc, node)
    ports = LAYERS["concatenate"].inputs
    for edge in (Edge("input", "concatenate", ports[0].name), Edge("start", "concatenate", ports[1].name),
                 Edge("concatenate", "dense"), Edge("dense", "output")):
        doc = edits.connect(doc, edge)
    return doc


@pytest.mark.parametrize(("kind", "params"), [("constant", {"shape": [2], "value": 3.0}), ("noise", {"shape": [2]})])
def test_a_network_learns_from_a_node_without_inputs_as_from_any_other(kind, params):
    doc = with_a_source(kind, params)
    report = check(doc)
    assert report.ok, report.problems
    assert report.shapes["concatenate"] == (4,)
    network = Network(doc, report, seed=3, dtype=np.float64)
    samples = Samples(np.array([[0.0, 1.0], [1.0, 1.0], [0.5, -1.0]]), np.array([1, 0, 1]))
    assert check_gradient(network, samples).error < 1e-6
    assert np.abs(network.gradients["dense"]["W"][2:]).min() > 0.0
    assert network.predict(samples.x).tobytes() == network.predict(samples.x).tobytes()


def test_noise_shows_the_same_numbers_in_every_evaluation_and_others_for_another_seed():
    first, again, other = (Bench(LAYERS["noise"], Example({"shape": [4], "seed": seed}, ()), train=False).forward()
                           for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes()
    assert not np.isclose(first, other).any()
    assert len(np.unique(first)) == first.size


def test_noise_in_evaluation_takes_nothing_from_the_chance_of_the_training():
    bench = Bench(LAYERS["noise"], Example({"shape": [4]}, ()), train=False)
    frame, run, _ = bench.bound([], {})
    before = frame.rng.bit_generator.state
    run()
    assert frame.rng.bit_generator.state == before


@pytest.mark.parametrize("train", [True, False])
def test_noise_is_distributed_as_it_says(train):
    def drawn(distribution):
        example = Example({"shape": [500], "distribution": distribution}, ())
        return Bench(LAYERS["noise"], example, n=400, train=train).forward().ravel()

    normal, uniform = drawn("normal"), drawn("uniform")
    assert (normal.mean(), normal.std()) == pytest.approx((0.0, 1.0), abs=0.01)
    assert np.quantile(normal, 0.975) == pytest.approx(1.96, abs=0.02)
    assert (uniform.mean(), uniform.std()) == pytest.approx((0.0, 1.0 / math.sqrt(3.0)), abs=0.01)
    assert (-1.0 <= uniform.min() < -0.999, 0.999 < uniform.max() <= 1.0) == (True, True)
