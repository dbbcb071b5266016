"""What is particular to the activations beyond the first ones."""
import math
import warnings

import numpy as np
import pytest

from core.datasets import DATASETS
from core.engine.network import Network
from core.graph.check import check
from core.layers import LAYERS, Example
from tests.core._build import chain, dense
from tests.core.layers._bench import Bench

SMOOTH = ["silu", "gelu", "selu", "softplus", "softsign", "mish", "hard_sigmoid", "prelu", "log_softmax", "sine"]
E = math.e


def outputs(kind, values, **params):
    bench = Bench(LAYERS[kind], Example(params, ((len(values),),)), n=1)
    return bench.forward([np.array([values], float)], bench.layer.build(np.random.default_rng(0), (len(values),)))[0]


@pytest.mark.parametrize(("kind", "params", "x", "y"), [
    ("silu", {}, [-math.log(3.0), 0.0, math.log(3.0)], [-math.log(3.0) / 4, 0.0, math.log(3.0) * 3 / 4]),
    ("gelu", {}, [-1.0, 0.0, 1.0], [-(1 - 0.8413447460685429), 0.0, 0.8413447460685429]),
    ("gelu", {"approximate": True}, [0.0, 1.0], [0.0, (1 + math.tanh(math.sqrt(2 / math.pi) * 1.044715)) / 2]),
    ("selu", {}, [-1.0, 0.0, 2.0], [1.7580993408473768 * (1 / E - 1), 0.0, 2 * 1.0507009873554805]),
    ("softplus", {}, [-math.log(3.0), 0.0], [math.log(4 / 3), math.log(2.0)]),
    ("softplus", {"beta": 2.0}, [0.0, math.log(3.0)], [math.log(2.0) / 2, math.log(10.0) / 2]),
    ("softsign", {}, [-3.0, 0.0, 1.0], [-0.75, 0.0, 0.5]),
    ("mish", {}, [0.0, math.log(2.0)], [0.0, math.log(2.0) * 0.8]),
    ("hard_sigmoid", {}, [-4.0, -3.0, 0.0, 1.5, 3.0, 4.0], [0.0, 0.0, 0.5, 0.75, 1.0, 1.0]),
    ("prelu", {}, [-2.0, 0.0, 3.0], [-0.5, 0.0, 3.0]),
    ("prelu", {"init": 0.1, "shared": False}, [-2.0, 3.0], [-0.2, 3.0]),
    ("log_softmax", {}, [0.0, math.log(2.0), math.log(5.0)], [-math.log(8.0), -math.log(4.0), math.log(0.625)]),
    ("sine", {}, [0.0, math.pi / 2], [0.0, 1.0]),
    ("sine", {"omega": 3.0}, [math.pi / 6, -math.pi / 6], [1.0, -1.0]),
])
def test_activations_at_points_that_can_be_worked_out_by_hand(kind, params, x, y):
    assert outputs(kind, x, **params) == pytest.approx(y, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", SMOOTH)
def test_no_input_however_large_overflows_or_gives_anything_but_numbers(kind, dtype):
    sizes = np.array([0.0, 1e-30, 1e-4, 1.0, 19.0, 20.0, 21.0, 88.0, 90.0, 700.0, 800.0, 1e4, 1e9])
    far = np.concatenate([-sizes[::-1], sizes])[:, None].astype(dtype).repeat(2, axis=1)
    for example in LAYERS[kind].examples:
        bench = Bench(LAYERS[kind], Example(example.params, ((2,),)), n=len(far), dtype=dtype)
        frame, run, back = bench.bound([far], bench.weights, np.ones_like(far))
        with np.errstate(all="raise", under="ignore"), warnings.catch_warnings():
            warnings.simplefilter("error")
            run()
            back()
        assert np.isfinite(frame.y).all()
        assert np.isfinite(frame.dx).all()


@pytest.mark.parametrize(("kind", "least", "formula"), [
    ("silu", -80.0, lambda x: x * math.exp(x) / (1.0 + math.exp(x))),
    ("gelu", -12.0, lambda x: x * math.erfc(-x / math.sqrt(2.0)) / 2.0),
    ("mish", -80.0, lambda x: x * math.exp(x) * (math.exp(x) + 2.0) / (math.exp(x) * (math.exp(x) + 2.0) + 2.0)),
    ("softplus", -80.0, lambda x: math.log1p(math.exp(x))),
])
def test_small_outputs_far_below_0_keep_their_digits_in_single_precision(kind, least, formula):
    x = np.linspace(least, -1.0, 40, dtype=np.float32)
    bench = Bench(LAYERS[kind], Example(shapes=((40,),)), n=1, dtype=np.float32)
    assert bench.forward([x[None]])[0] == pytest.approx([formula(float(v)) for v in x], rel=2e-5, abs=0.0)


def test_gelu_in_single_precision_is_the_exact_one_to_rounding():
    x = np.linspace(-14.0, 14.0, 20_001, dtype=np.float32)
    bench = Bench(LAYERS["gelu"], Example(shapes=((len(x),),)), n=1, dtype=np.float32)
    bench.xs = [x[None]]
    (dx,), _ = bench.backward(np.ones((1, len(x)), np.float32))
    wide = x.astype(float)
    share = np.array([math.erfc(-v / math.sqrt(2.0)) / 2.0 for v in wide])
    assert bench.forward()[0] == pytest.approx(wide * share, rel=2e-7, abs=2e-7)
    slope = share + wide * np.exp(-wide * wide / 2.0) / math.sqrt(2.0 * math.pi)
    assert dx[0] == pytest.approx(slope, abs=5e-7)


def test_both_forms_of_gelu_differ_by_less_than_half_a_thousandth_everywhere():
    x = np.linspace(-6.0, 6.0, 1001)
    apart = np.abs(outputs("gelu", x) - outputs("gelu", x, approximate=True)).max()
    assert 1e-4 < apart < 5e-4


def test_selu_keeps_mean_0_and_variance_1():
    y = outputs("selu", np.random.default_rng(0).normal(size=400_000))
    assert y.mean() == pytest.approx(0.0, abs=0.005)
    assert y.var() == pytest.approx(1.0, abs=0.01)


def test_hard_sigmoid_has_no_slope_outside_3():
    bench = Bench(LAYERS["hard_sigmoid"], Example(shapes=((4,),)), n=1)
    frame, run, back = bench.bound([np.array([[-3.5, -2.5, 2.5, 3.5]])], {}, np.full((1, 4), 6.0))
    bench.go(run, back)
    assert frame.dx.tolist() == [[0.0, 1.0, 1.0, 0.0]]


def test_prelu_learns_one_slope_or_one_for_each_feature_and_never_decays_it():
    shared, own = LAYERS["prelu"](), LAYERS["prelu"](shared=False)
    rng = np.random.default_rng(0)
    assert shared.build(rng, (3, 2))["slope"].tolist() == [0.25]
    assert own.build(rng, (3, 2))["slope"].tolist() == [0.25, 0.25]
    assert own.decays() == frozenset()


def test_the_gradient_of_the_slope_counts_only_what_is_below_0():
    x, dy = np.array([[-1.0, 2.0], [-3.0, -5.0]]), np.array([[1.0, 10.0], [100.0, 1000.0]])
    for params, expected in (({"shared": False}, [-301.0, -5000.0]), ({}, [-5301.0])):
        bench = Bench(LAYERS["prelu"], Example(params, ((2,),)), n=2)
        frame, run, back = bench.bound([x], bench.weights, dy)
        bench.go(run, back)
        assert frame.grads["slope"].tolist() == expected


@pytest.mark.parametrize("loss", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_a_cross_entropy_behind_log_softmax_is_the_one_behind_softmax(loss):
    data, found = DATASETS["iris"]().load(0), []
    for head in ("softmax", "log_softmax"):
        doc = chain(dense(5), "mish", dense(3), head, source="iris", loss=loss)
        net = Network(doc, check(doc), seed=3, dtype=np.float64)
        plan, targets = net.plan(len(data.x), train=True), net.targets(data.y)
        plan.fill(data.x, targets)
        for run in plan.forward:
            run()
        value = plan.loss()
        for run in plan.backward:
            run()
        found.append((value, plan.y.copy(), net.gradients.flat.copy()))
    (value, p, gradient), (other, q, slope) = found
    assert other == pytest.approx(value, rel=1e-12)
    assert q == pytest.approx(p, rel=1e-10)
    assert slope == pytest.approx(gradient, rel=1e-9, abs=1e-12)
