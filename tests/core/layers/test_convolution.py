"""Convolution and pooling against loops that follow the formula to the letter, and in a network."""
import itertools
import math

import numpy as np
import pytest

from core.datasets import DATASETS, Samples
from core.engine.gradcheck import check_gradient
from core.engine.network import Network
from core.errors import ShapeError
from core.graph.check import check
from core.layers import LAYERS, Example, _convolve, _depthwise, _im2col, _pooling_apart, _scatter
from tests.core._build import chain, dense
from tests.core.layers._bench import Bench, cases, name_of

POOLS_2D = {"max_pool2d": np.max, "average_pool2d": np.mean}
POOLS_1D = {"max_pool1d": np.max, "average_pool1d": np.mean}
SLICED = [case for case in cases() if "conv" in case[0].info.kind or "pool" in case[0].info.kind]


def starts(size, kernel, stride, dilation, padding):
    """Where each window begins, as Keras lays them: the places before 0 and after the end are padding."""
    span = (kernel - 1) * dilation + 1
    if padding == "valid":
        return range(0, size - span + 1, stride)
    windows = math.ceil(size / stride)
    added = max((windows - 1) * stride + span - size, 0)
    return range(-(added // 2), -(added // 2) + windows * stride, stride)


def inside(place, size):
    return all(0 <= p < s for p, s in zip(place, size, strict=True))


def windows(shape, kernel, stride, dilation, padding):
    """For every window its place in the output and the places (in the window, in the input) that are inside."""
    rows, cols = (starts(*of, padding) for of in zip(shape[:2], kernel, stride, dilation, strict=True))
    for (i, top), (j, left) in itertools.product(enumerate(rows), enumerate(cols)):
        met = [((k, l), (top + k * dilation[0], left + l * dilation[1])) for k in range(kernel[0])
               for l in range(kernel[1])]
        yield (i, j), [(own, place) for own, place in met if inside(place, shape[:2])]


def convolved(x, W, b, stride, dilation, padding):
    found = {}
    for at, met in windows(x.shape, W.shape[:2], stride, dilation, padding):
        found[at] = b + sum((x[place] @ W[own] for own, place in met), np.zeros(W.shape[3]))
    return np.array(list(found.values())).reshape(*(1 + max(at[i] for at in found) for i in (0, 1)), W.shape[3])


def pooled(x, size, stride, padding, reduce):
    found = {at: reduce([x[place] for _, place in met], axis=0)
             for at, met in windows(x.shape, size, stride, (1, 1), padding)}
    return np.array(list(found.values())).reshape(*(1 + max(at[i] for at in found) for i in (0, 1)), x.shape[2])


def image_bench(kind, params, shape):
    return Bench(LAYERS[kind], Example(params, (shape,)), n=2)


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (3, 1)])
@pytest.mark.parametrize("dilation", [(1, 1), (2, 1)])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (2, 3), (4, 2)])
@pytest.mark.parametrize("shape", [(7, 8, 1), (8, 5, 9)])
def test_conv2d_is_what_nested_loops_give(shape, kernel, dilation, stride, padding):
    params = {"filters": 3, "kernel_size": kernel, "stride": stride, "dilation": dilation, "padding": padding}
    bench = image_bench("conv2d", params, shape)
    W, b = bench.weights["W"], bench.weights["b"]
    expected = [convolved(x, W, b, stride, dilation, padding) for x in bench.xs[0]]
    assert bench.forward() == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("kernel", "stride"), [((3, 3), (1, 1)), ((2, 3), (2, 1)), ((4, 1), (3, 3))])
def test_depthwise_conv2d_is_a_conv2d_of_each_channel_by_itself(kernel, stride, padding):
    params = {"kernel_size": kernel, "multiplier": 2, "stride": stride, "padding": padding}
    bench = image_bench("depthwise_conv2d", params, (7, 6, 3))
    W, b = bench.weights["W"], bench.weights["b"]
    y = bench.forward()
    for c in range(3):
        expected = [convolved(x[..., [c]], W[:, :, [c]], b[2 * c : 2 * c + 2], stride, (1, 1), padding)
                    for x in bench.xs[0]]
        assert y[..., 2 * c : 2 * c + 2] == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("kernel", "stride", "dilation"), [((3, 3), (1, 1), (1, 1)), ((2, 3), (2, 1), (1, 2))])
def test_groups_are_convolutions_side_by_side(kernel, stride, dilation, padding):
    params = {"filters": 6, "kernel_size": kernel, "stride": stride, "dilation": dilation, "padding": padding}
    bench = image_bench("conv2d", params | {"groups": 2}, (7, 6, 4))
    W, b, y = bench.weights["W"], bench.weights["b"], bench.forward()
    assert W.shape == (*kernel, 2, 6)
    for group in range(2):
        own, seen = slice(3 * group, 3 * group + 3), slice(2 * group, 2 * group + 2)
        expected = [convolved(x[..., seen], W[..., own], b[own], stride, dilation, padding) for x in bench.xs[0]]
        assert y[..., own] == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("kind", "shape"), [("conv1d", (9, 6)), ("conv2d", (9, 9, 6))])
@pytest.mark.parametrize(("filters", "groups", "number"), [(8, 4, "6 channels"), (8, 3, "8 filters")])
def test_groups_that_do_not_divide_channels_and_filters_are_refused_with_what_to_do(
        kind, shape, filters, groups, number):
    with pytest.raises(ShapeError, match=f"{number} do not split into {groups} equal groups") as caught:
        LAYERS[kind](filters=filters, groups=groups).infer(shape)
    assert caught.value.problem.hint == f"Choose a number of groups that divides {number[0]}."


@pytest.mark.parametrize(("kind", "shape"), [("separable_conv1d", (7, 3)), ("separable_conv2d", (7, 6, 3))])
def test_separable_convolution_is_a_depthwise_one_and_a_convolution_of_size_1(kind, shape):
    one = kind[-2:]
    params = {"multiplier": 2, "stride": 2 if one == "1d" else [2], "padding": "same"}
    bench = image_bench(kind, params | {"filters": 4}, shape)
    deep, point = (image_bench(name, chosen, size) for name, chosen, size in (
        (f"depthwise_conv{one}", params | {"bias": False}, shape),
        (f"conv{one}", {"filters": 4, "kernel_size": 1 if one == "1d" else [1]}, (*bench.shape[:-1], 6))))
    between = deep.forward(bench.xs, {"W": bench.weights["depthwise"]})
    pointwise = bench.weights["pointwise"][(None,) * (len(shape) - 1)]
    expected = point.forward([between], {"W": pointwise, "b": bench.weights["b"]})
    assert bench.forward() == pytest.approx(expected, rel=1e-12, abs=1e-12)


def laid_down(x, W, b, stride, shape, padding):
    """The whole that the filters lay down, of which "same" keeps the middle, an odd line more being lost behind."""
    (h, w), (kh, kw), (down, right) = x.shape[:2], W.shape[:2], stride
    whole = np.zeros((max(h * down, (h - 1) * down + kh), max(w * right, (w - 1) * right + kw), W.shape[3]))
    for i, j, k, l in itertools.product(range(h), range(w), range(kh), range(kw)):
        whole[i * down + k, j * right + l] += x[i, j] @ W[k, l]
    top, left = ((whole.shape[i] - shape[i]) // 2 if padding == "same" else 0 for i in (0, 1))
    return whole[top : top + shape[0], left : left + shape[1]] + b


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (3, 1)])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (2, 5), (4, 2)])
@pytest.mark.parametrize("shape", [(3, 4, 1), (4, 2, 9)])
def test_conv2d_transpose_is_what_nested_loops_give(shape, kernel, stride, padding):
    params = {"filters": 3, "kernel_size": kernel, "stride": stride, "padding": padding}
    bench = image_bench("conv2d_transpose", params, shape)
    W, b = bench.weights["W"], bench.weights["b"]
    expected = [laid_down(x, W, b, stride, bench.shape, padding) for x in bench.xs[0]]
    assert bench.forward() == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("kernel", "stride", "dilation"), [(1, 1, 1), (3, 1, 1), (4, 2, 1), (3, 3, 2), (2, 4, 1)])
def test_conv1d_is_what_nested_loops_give(kernel, stride, dilation, padding):
    params = {"filters": 3, "kernel_size": kernel, "stride": stride, "dilation": dilation, "padding": padding}
    bench = image_bench("conv1d", params, (9, 2))
    W, b = bench.weights["W"][None], bench.weights["b"]
    expected = [convolved(x[None], W, b, (1, stride), (1, dilation), padding)[0] for x in bench.xs[0]]
    assert bench.forward() == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 2)])
def test_causal_padding_lets_no_output_see_what_comes_later(stride, dilation):
    params = {"filters": 3, "kernel_size": 3, "stride": stride, "dilation": dilation}
    bench = image_bench("conv1d", params | {"padding": "causal"}, (9, 2))
    W, b = bench.weights["W"][None], bench.weights["b"]
    behind = np.pad(bench.xs[0], ((0, 0), (2 * dilation, 0), (0, 0)))
    expected = [convolved(x[None], W, b, (1, stride), (1, dilation), "valid")[0] for x in behind]
    assert bench.forward() == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)
    later = [bench.xs[0].copy()]
    later[0][:, 4:] += 1.0
    same = -(-4 // stride)
    assert np.array_equal(bench.forward(later)[:, :same], bench.forward()[:, :same])


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("size", "stride"), [((2, 2), (2, 2)), ((3, 3), (2, 2)), ((2, 3), (1, 4)), ((5, 1), (3, 1))])
@pytest.mark.parametrize("shape", [(6, 8, 3), (7, 5, 1)])
@pytest.mark.parametrize("kind", POOLS_2D)
def test_pooling_of_images_is_what_nested_loops_give(kind, shape, size, stride, padding):
    bench = image_bench(kind, {"pool_size": size, "stride": stride, "padding": padding}, shape)
    expected = [pooled(x, size, stride, padding, POOLS_2D[kind]) for x in bench.xs[0]]
    assert bench.forward() == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("size", "stride"), [(2, 2), (3, 2), (2, 3), (1, 2)])
@pytest.mark.parametrize("kind", POOLS_1D)
def test_pooling_of_series_is_what_nested_loops_give(kind, size, stride, padding):
    bench = image_bench(kind, {"pool_size": size, "stride": stride, "padding": padding}, (8, 3))
    expected = [pooled(x[None], (1, size), (1, stride), padding, POOLS_1D[kind])[0] for x in bench.xs[0]]
    assert bench.forward() == pytest.approx(np.array(expected), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("kind", "reduce"), [("global_max_pool2d", np.max), ("global_average_pool2d", np.mean)])
def test_global_pooling_leaves_one_number_for_each_channel(kind, reduce):
    bench = image_bench(kind, {}, (3, 5, 2))
    assert bench.forward() == pytest.approx(reduce(bench.xs[0], axis=(1, 2)), rel=1e-12)


@pytest.mark.parametrize(("kind", "params"), [("max_pool2d", {"pool_size": [3]}), ("global_max_pool2d", {}),
                                              ("max_pool2d", {"pool_size": [2], "stride": [1]})])
def test_of_equal_largest_numbers_the_first_takes_the_whole_gradient(kind, params):
    bench = image_bench(kind, params, (3, 3, 1))
    bench.xs = [np.ones((2, 3, 3, 1))]
    (dx,), _ = bench.backward(np.ones((2, *bench.shape)))
    expected = np.zeros((3, 3))
    expected[: 2 if params.get("stride") else 1, : 2 if params.get("stride") else 1] = 1.0
    assert dx[0, :, :, 0].tolist() == expected.tolist()


def test_up_sampling_repeats_rows_and_columns():
    bench = image_bench("up_sampling2d", {"size": [2, 3]}, (2, 2, 2))
    assert np.array_equal(bench.forward(), bench.xs[0].repeat(2, axis=1).repeat(3, axis=2))
    bench = image_bench("up_sampling1d", {"size": 3}, (4, 2))
    assert np.array_equal(bench.forward(), bench.xs[0].repeat(3, axis=1))


def test_bilinear_up_sampling_leaves_a_slope_straight_and_holds_the_border():
    bench = image_bench("up_sampling2d", {"size": [1, 2], "interpolation": "bilinear"}, (1, 4, 1))
    y = bench.forward([np.array([0.0, 2.0, 4.0, 6.0]).reshape(1, 1, 4, 1)])
    assert y.ravel() == pytest.approx([0.0, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.0])


def test_zero_padding_puts_image_and_series_where_it_was_told():
    bench = image_bench("zero_padding1d", {"before": 2, "after": 1}, (3, 2))
    assert np.array_equal(bench.forward(), np.pad(bench.xs[0], ((0, 0), (2, 1), (0, 0))))
    bench = image_bench("zero_padding2d", {"top": 1, "bottom": 0, "left": 2, "right": 3}, (2, 2, 2))
    assert np.array_equal(bench.forward(), np.pad(bench.xs[0], ((0, 0), (1, 0), (2, 3), (0, 0))))


@pytest.mark.parametrize("size", [1, 2000])
@pytest.mark.parametrize(("kind", "example"), SLICED, ids=name_of)
def test_slices_of_the_batch_change_nothing_but_rounding(kind, example, size, monkeypatch):
    bench = Bench(kind, example)
    dy = np.random.default_rng(1).normal(size=(bench.n, *bench.shape))
    y, ((dx,), grads) = bench.forward(), bench.backward(dy)
    for module in (_im2col, _depthwise, _pooling_apart, _scatter):
        monkeypatch.setattr(module, "SLICE_BYTES", size)
    (dx_sliced,), grads_sliced = bench.backward(dy)
    assert bench.forward() == pytest.approx(y, rel=1e-12, abs=1e-12)
    assert dx_sliced == pytest.approx(dx, rel=1e-12, abs=1e-12)
    for name, grad in grads.items():
        assert grads_sliced[name] == pytest.approx(grad, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("name", "value"), [("SMALL_PRODUCT", 400), ("FEW_CHANNELS", 0), ("FEW_CHANNELS", 99)])
@pytest.mark.parametrize("params", [{}, {"padding": "same"}, {"stride": [2]}, {"kernel_size": [1]}, {"groups": 2}])
def test_how_a_product_is_cut_and_whether_windows_are_joined_changes_nothing_but_rounding(
        name, value, params, monkeypatch):
    bench = image_bench("conv2d", {"filters": 4, **params}, (6, 6, 2))
    dy = np.random.default_rng(1).normal(size=(bench.n, *bench.shape))
    y, ((dx,), grads) = bench.forward(), bench.backward(dy)
    monkeypatch.setattr(_convolve, name, value)
    monkeypatch.setattr(_convolve, "FEWEST_ROWS", 1)
    (dx_cut,), grads_cut = bench.backward(dy)
    assert bench.forward() == pytest.approx(y, rel=1e-12, abs=1e-12)
    assert dx_cut == pytest.approx(dx, rel=1e-12, abs=1e-12)
    assert grads_cut["W"] == pytest.approx(grads["W"], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("kind", "params", "shape", "fan_in"), [
    ("conv2d", {"filters": 64, "kernel_size": [3, 5]}, (8, 8, 20), 3 * 5 * 20),
    ("conv1d", {"filters": 64, "kernel_size": 7}, (8, 40), 7 * 40),
    ("conv2d", {"filters": 64, "kernel_size": [3, 5], "groups": 4}, (8, 8, 80), 3 * 5 * 20),
])
def test_the_weights_start_with_the_spread_that_suits_the_size_of_a_window(kind, params, shape, fan_in):
    W = LAYERS[kind](**params, initializer="he_normal").build(np.random.default_rng(0), shape)["W"]
    assert W.std() == pytest.approx(np.sqrt(2.0 / fan_in), rel=0.03)


def test_the_cost_counts_the_multiplications_of_all_windows():
    assert LAYERS["conv2d"](filters=16, padding="same").cost((14, 14, 8)) == 14 * 14 * 9 * 8 * 16
    assert LAYERS["conv1d"](filters=4, kernel_size=3).cost((10, 2)) == 8 * 3 * 2 * 4
    assert LAYERS["conv2d"](filters=16, groups=4).cost((10, 10, 8)) == 8 * 8 * 9 * 2 * 16
    assert LAYERS["separable_conv2d"](filters=5, multiplier=2).cost((10, 10, 8)) == 64 * 16 * (9 + 5)


@pytest.mark.parametrize("kind", ["conv2d", "max_pool2d", "average_pool2d", "global_average_pool2d",
                                  "global_max_pool2d", "up_sampling2d", "zero_padding2d", "conv2d_transpose",
                                  "depthwise_conv2d", "separable_conv2d"])
@pytest.mark.parametrize("shape", [(64,), (8, 8), (2, 8, 8, 1)])
def test_what_is_not_an_image_is_refused_with_what_to_put_before(kind, shape):
    with pytest.raises(ShapeError, match=r"wants \(height, width, channels\)") as caught:
        LAYERS[kind]().infer(shape)
    assert caught.value.problem.hint.startswith("Put a Reshape layer before it")


@pytest.mark.parametrize("kind", ["conv1d", "max_pool1d", "average_pool1d", "global_max_pool1d", "up_sampling1d",
                                  "zero_padding1d", "conv1d_transpose", "depthwise_conv1d", "separable_conv1d"])
@pytest.mark.parametrize("shape", [(64,), (8, 8, 1)])
def test_what_is_not_a_series_is_refused_with_what_to_put_before(kind, shape):
    with pytest.raises(ShapeError, match=r"wants \(steps, channels\)") as caught:
        LAYERS[kind]().infer(shape)
    assert caught.value.problem.hint.startswith("Put a Reshape layer before it")


@pytest.mark.parametrize(("kind", "params", "shape"), [
    ("conv2d", {"kernel_size": [3]}, (2, 5, 1)), ("conv2d", {"dilation": [3]}, (6, 9, 1)),
    ("depthwise_conv2d", {}, (5, 2, 1)), ("max_pool2d", {}, (4, 1, 1)), ("average_pool2d", {}, (1, 4, 1)),
    ("separable_conv2d", {}, (2, 5, 1)), ("depthwise_conv1d", {}, (2, 1)), ("separable_conv1d", {}, (2, 1)),
    ("conv1d", {}, (2, 1)), ("max_pool1d", {}, (1, 2)), ("average_pool1d", {}, (1, 2)),
])
def test_a_window_that_does_not_fit_is_refused_unless_the_padding_makes_room(kind, params, shape):
    with pytest.raises(ShapeError, match="does not fit") as caught:
        LAYERS[kind](**params).infer(shape)
    assert 'padding "same"' in caught.value.problem.hint
    assert all(LAYERS[kind](**params, padding="same").infer(shape))


def picture_network(**params):
    doc = chain(("reshape", {"target": [8, 8, 1]}), ("conv2d", {"filters": 4, **params}), "tanh", "max_pool2d",
                ("conv2d", {"filters": 6, "padding": "same"}), "relu", "average_pool2d", "flatten", dense(10),
                source="digits", loss="sparse_categorical_crossentropy")
    loaded = DATASETS["digits"]().load(0)
    return doc, Samples(loaded.x[:64], loaded.y[:64])


@pytest.mark.parametrize("params", [{}, {"padding": "same", "kernel_size": [5, 2]}, {"stride": [2], "padding": "same"}])
def test_the_gradient_of_a_convolutional_network_agrees_with_differences(params):
    doc, samples = picture_network(**params)
    network = Network(doc, check(doc), dtype=np.float64)
    assert check_gradient(network, Samples(samples.x[:7], samples.y[:7])).error < 1e-6


def test_a_convolutional_network_learns_its_samples_by_heart():
    doc, samples = picture_network()
    network = Network(doc, check(doc))
    plan = network.plan(len(samples), train=True)
    plan.fill(samples.x / np.abs(samples.x).max(), network.targets(samples.y))
    for _ in range(800):
        for run in (*plan.forward, plan.loss, *plan.backward):
            run()
        network.weights.flat[...] -= 0.2 * network.gradients.flat
    assert plan.correct() >= 62
