"""What is particular to normalisation and to noise: statistics, what is remembered, what is saved."""
import numpy as np
import pytest

from core.datasets import DATASETS
from core.engine.gradcheck import check_gradient
from core.engine.network import Network
from core.engine.updater import Updater
from core.errors import FormatError, ShapeError
from core.graph.check import check
from core.io import weights
from core.layers import LAYERS, Example
from core.optimizers import OPTIMIZERS
from core.train.control import Control
from core.train.loop import train
from core.train.rescue import Rescue
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.layers._bench import Bench

NORMS = ["batch_norm", "layer_norm", "group_norm", "rms_norm"]


def document(*frozen, **training):
    return chain(dense(6), "batch_norm", "tanh", dense(3), source="iris", loss="sparse_categorical_crossentropy",
                 frozen=frozen, **training)


def network(doc, dtype=np.float64):
    return Network(doc, check(doc), seed=1, dtype=dtype)


def forward(net, x):
    plan = net.plan(len(x), train=True)
    plan.x[...] = x
    for run in plan.forward:
        run()
    return plan


def standard(x, axes, epsilon):
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + epsilon)


def test_batch_norm_in_training_goes_by_the_statistics_of_the_batch():
    for shape in ((4,), (3, 2, 4)):
        bench = Bench(LAYERS["batch_norm"], Example({"epsilon": 0.01}, (shape,)), n=6)
        x, axes = bench.xs[0], tuple(range(len(shape)))
        expected = standard(x, axes, 0.01) * bench.weights["gamma"] + bench.weights["beta"]
        assert bench.forward() == pytest.approx(expected, rel=1e-12)


def test_the_running_averages_keep_the_share_that_momentum_says():
    bench = Bench(LAYERS["batch_norm"], Example({"momentum": 0.8}, ((3, 4),)), n=5)
    frame, run, _ = bench.bound(bench.xs, bench.weights)
    x, mean, variance = bench.xs[0], np.zeros(4), np.ones(4)
    for _ in range(3):
        run()
        mean = 0.8 * mean + 0.2 * x.mean((0, 1))
        variance = 0.8 * variance + 0.2 * x.var((0, 1))
    assert frame.state["mean"] == pytest.approx(mean, rel=1e-12)
    assert frame.state["variance"] == pytest.approx(variance, rel=1e-12)


def test_batch_norm_in_evaluation_goes_by_the_running_averages_and_leaves_them_alone():
    bench = Bench(LAYERS["batch_norm"], Example({"epsilon": 0.01}, ((4,),)), train=False)
    frame, run, _ = bench.bound(bench.xs, {"gamma": np.full(4, 2.0), "beta": np.ones(4)})
    frame.state["mean"][...], frame.state["variance"][...] = 3.0, 4.0
    run()
    assert frame.y == pytest.approx((bench.xs[0] - 3.0) / np.sqrt(4.01) * 2.0 + 1.0, rel=1e-12)
    assert frame.state["mean"].tolist() == [3.0] * 4
    assert frame.state["variance"].tolist() == [4.0] * 4


def test_a_batch_of_one_sample_gives_the_shift():
    bench = Bench(LAYERS["batch_norm"], Example({}, ((4,),)), n=1)
    assert bench.forward()[0] == pytest.approx(bench.weights["beta"])


@pytest.mark.parametrize(("kind", "params", "shape", "split", "axes"), [
    ("layer_norm", {}, (3, 6), (3, 6), (2,)),
    ("group_norm", {"groups": 1}, (3, 6), (3, 6), (1, 2)),
    ("group_norm", {"groups": 2}, (3, 6), (3, 2, 3), (1, 3)),
    ("group_norm", {"groups": 6}, (3, 2, 6), (3, 2, 6), (1, 2)),
])
def test_layer_and_group_norm_agree_with_the_plain_formula(kind, params, shape, split, axes):
    bench = Bench(LAYERS[kind], Example({"epsilon": 0.01, **params}, (shape,)), n=4)
    x = bench.xs[0]
    hat = standard(x.reshape(4, *split), axes, 0.01).reshape(x.shape)
    assert bench.forward() == pytest.approx(hat * bench.weights["gamma"] + bench.weights["beta"], rel=1e-12)


def test_rms_norm_agrees_with_the_plain_formula():
    bench = Bench(LAYERS["rms_norm"], Example({"epsilon": 0.01}, ((3, 6),)))
    x = bench.xs[0]
    expected = x / np.sqrt((x**2).mean(-1, keepdims=True) + 0.01) * bench.weights["gamma"]
    assert bench.forward() == pytest.approx(expected, rel=1e-12)


def test_groups_that_do_not_divide_the_channels_are_refused_with_what_to_do():
    with pytest.raises(ShapeError, match="6 channels do not split into 4 equal groups") as caught:
        LAYERS["group_norm"](groups=4).infer((3, 6))
    assert caught.value.problem.hint == "Choose a number of groups that divides 6."


def test_constant_features_do_not_divide_by_zero():
    for kind in NORMS:
        bench = Bench(LAYERS[kind], Example({}, ((4,),)))
        bench.xs = [np.zeros((5, 4))]
        (dx,), _ = bench.backward(np.ones((5, 4)))
        assert np.isfinite(dx).all()
        assert bench.forward() == pytest.approx(np.broadcast_to(bench.weights.get("beta", np.zeros(4)), (5, 4)))


@pytest.mark.parametrize("kind", NORMS)
def test_l2_leaves_scale_and_shift_alone(kind):
    net = network(chain(dense(4), kind, dense(3), source="iris", loss="sparse_categorical_crossentropy"))
    before = net.weights.copies()
    Updater(net, OPTIMIZERS["sgd"](), 0.1, l2=0.5).update()
    after = net.weights.copies()
    assert {name for name in before if not np.array_equal(before[name], after[name])} == {"dense.W", "dense_2.W"}


@pytest.mark.parametrize("n", [2, 7])
def test_a_network_with_batch_norm_has_the_right_gradient_and_the_check_leaves_what_is_remembered(n):
    net, data = network(document()), DATASETS["iris"]().load(0)
    before = net.state.copies()
    order = np.random.default_rng(0).permutation(150)[:n]
    assert check_gradient(net, type(data)(data.x[order], data.y[order])).error < 1e-5
    assert all(np.array_equal(before[name], array) for name, array in net.state.copies().items())


def test_the_running_averages_of_a_network_serve_every_batch_size_and_evaluation():
    net, x = network(document()), DATASETS["iris"]().load(0).x
    for part in (x[:40], x[40:50], x[50:90]):
        forward(net, part)
    mean = np.zeros(6)
    for part in (x[:40], x[40:50], x[50:90]):
        mean = 0.9 * mean + 0.1 * net.predict(part, "dense").mean(0)
    assert net.state["batch_norm"]["mean"] == pytest.approx(mean)
    variance = net.state["batch_norm"]["variance"]
    expected = (net.predict(x, "dense") - mean) / np.sqrt(variance + 1e-5)
    assert net.predict(x, "batch_norm") == pytest.approx(expected)


def test_a_frozen_batch_norm_goes_by_what_it_remembers_and_remembers_nothing_new():
    net, x = network(document("batch_norm")), DATASETS["iris"]().load(0).x
    net.state["batch_norm"]["mean"][...] = 2.0
    plan = forward(net, x)
    assert plan.values["batch_norm"] == pytest.approx((plan.values["dense"] - 2.0) / np.sqrt(1.0 + 1e-5))
    assert (net.state["batch_norm"]["mean"] == 2.0).all()
    assert check_gradient(net, DATASETS["iris"]().load(0)).error < 1e-6


def test_single_precision_networks_remember_in_single_precision():
    net = network(document(), np.float32)
    assert {array.dtype for array in net.state.copies().values()} == {np.dtype(np.float32)}


def test_what_is_remembered_is_saved_and_read_back():
    session = Session(document(epochs=3, batch_size=32))
    list(train(session, Control()))
    copies, x = session.network.copies(), session.parts.train.x
    assert {"batch_norm.gamma", "batch_norm.beta", "batch_norm.mean", "batch_norm.variance"} <= copies.keys()
    assert copies["batch_norm.mean"].any()
    other = network(document(), np.float32)
    weights.fit(other, copies)
    assert np.array_equal(other.predict(x), session.network.predict(x))


def test_a_file_without_the_running_averages_is_refused_and_nothing_changes():
    net = network(document())
    before = net.copies()
    with pytest.raises(FormatError, match=r"batch_norm\.variance is missing"):
        weights.fit(net, {k: v + 1.0 for k, v in before.items() if k != "batch_norm.variance"})
    assert all(np.array_equal(before[name], array) for name, array in net.copies().items())


def test_training_with_batch_norm_repeats_bit_by_bit():
    runs = []
    for _ in range(2):
        session = Session(document(epochs=3, batch_size=32))
        list(train(session, Control()))
        runs.append({name: array.tobytes() for name, array in session.network.copies().items()})
    assert runs[0] == runs[1]


def test_after_an_overflow_what_is_remembered_goes_back_together_with_the_weights():
    w, remembered = np.array([1.0, 2.0]), np.array([5.0])
    rescue = Rescue(w, remembered)
    w[...], remembered[...] = 3.0, np.nan
    rescue.keep(1)
    _, (_, (weights, state)) = rescue.kept()
    assert weights.tolist() == [1.0, 2.0]
    assert state.tolist() == [5.0]


def test_gaussian_noise_has_the_declared_spread_and_is_new_for_every_pass():
    bench = Bench(LAYERS["gaussian_noise"], Example({"stddev": 0.5}, ((1000,),)), n=100)
    frame, run, _ = bench.bound([np.full((100, 1000), 3.0)], {})
    run()
    first = frame.y.copy()
    run()
    assert first.mean() == pytest.approx(3.0, abs=0.01)
    assert first.std() == pytest.approx(0.5, abs=0.01)
    assert not np.array_equal(first, frame.y)


def test_spatial_dropout_silences_whole_channels_and_keeps_the_mean():
    bench = Bench(LAYERS["spatial_dropout"], Example({"rate": 0.3}, ((4, 5, 50),)), n=200)
    y = bench.forward([np.ones((200, 4, 5, 50))])
    assert (y == y[:, :1, :1]).all()
    kept = y[:, 0, 0] != 0.0
    assert kept.mean() == pytest.approx(0.7, abs=0.02)
    assert np.unique(y[y != 0.0]) == pytest.approx([1 / 0.7])


def test_spatial_dropout_silences_the_same_channels_backwards():
    bench = Bench(LAYERS["spatial_dropout"], Example({"rate": 0.5}, ((3, 8),)))
    y = bench.forward()
    (dx,), _ = bench.backward(np.ones((5, 3, 8)))
    assert np.array_equal(y == 0.0, dx == 0.0)


def test_spatial_dropout_points_to_dropout_where_there_are_no_positions():
    with pytest.raises(ShapeError, match=r"gets \(8\)") as caught:
        LAYERS["spatial_dropout"]().infer((8,))
    assert caught.value.problem.hint == "Use Dropout for a row of features."


@pytest.mark.parametrize("kind", ["gaussian_noise", "spatial_dropout"])
def test_noise_is_for_training_only(kind):
    assert LAYERS[kind]().passes_through(train=False)
    assert not LAYERS[kind]().passes_through(train=True)
