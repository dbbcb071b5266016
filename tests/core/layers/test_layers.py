"""What is particular to single layers."""
import numpy as np
import pytest

from core.errors import ShapeError
from core.layers import LAYERS, Example
from tests.core.layers._bench import Bench


def outputs(kind, values, **params):
    bench = Bench(LAYERS[kind], Example(params, ((len(values),),)), n=1)
    return bench.forward([np.array([values], float)])[0]


def test_dense_multiplies_and_adds_the_bias():
    bench = Bench(LAYERS["dense"], Example({"units": 2}, ((2,),)), n=1)
    weights = {"W": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.array([0.5, -0.5])}
    assert bench.forward([np.array([[10.0, 1.0]])], weights).tolist() == [[13.5, 23.5]]


def test_dense_without_bias_has_one_array_of_weights():
    built = LAYERS["dense"](units=3, bias=False).build(np.random.default_rng(0), (4,))
    assert {k: w.shape for k, w in built.items()} == {"W": (4, 3)}


def test_dense_starts_with_biases_of_zero_and_weights_from_its_initializer():
    built = LAYERS["dense"](units=3, initializer="zeros").build(np.random.default_rng(0), (4,))
    assert not built["W"].any()
    assert not built["b"].any()


@pytest.mark.parametrize(("kind", "params", "x", "y"), [
    ("step", {}, [-1.0, 0.0, 1e-9], [0.0, 0.0, 1.0]),
    ("linear", {}, [-2.0, 3.0], [-2.0, 3.0]),
    ("relu", {}, [-2.0, 0.0, 3.0], [0.0, 0.0, 3.0]),
    ("leaky_relu", {"slope": 0.1}, [-2.0, 0.0, 3.0], [-0.2, 0.0, 3.0]),
    ("leaky_relu", {"slope": 1.0}, [-2.0, 3.0], [-2.0, 3.0]),
    ("elu", {"alpha": 2.0}, [-1.0, 0.0, 3.0], [2.0 * (np.exp(-1.0) - 1.0), 0.0, 3.0]),
    ("sigmoid", {}, [0.0, np.log(3.0)], [0.5, 0.75]),
    ("tanh", {}, [0.0, 1.0], [0.0, np.tanh(1.0)]),
    ("softmax", {}, [np.log(1.0), np.log(2.0), np.log(5.0)], [0.125, 0.25, 0.625]),
])
def test_activations_at_points_that_can_be_worked_out_by_hand(kind, params, x, y):
    assert outputs(kind, x, **params) == pytest.approx(y, rel=1e-12, abs=1e-15)


def test_step_has_no_slope_anywhere():
    bench = Bench(LAYERS["step"], Example(shapes=((6,),)))
    (dx,), _ = bench.backward(np.ones((5, 6)))
    assert not dx.any()
    assert not LAYERS["step"].differentiable


def test_dropout_keeps_the_declared_share_and_the_mean():
    bench = Bench(LAYERS["dropout"], Example({"rate": 0.3}, ((1000,),)), n=100)
    y = bench.forward([np.ones((100, 1000))])
    kept = y != 0.0
    assert kept.mean() == pytest.approx(0.7, abs=0.005)
    assert np.unique(y[kept]) == pytest.approx([1 / 0.7])


def test_dropout_silences_the_same_numbers_backwards():
    bench = Bench(LAYERS["dropout"], Example({"rate": 0.5}, ((40,),)))
    y = bench.forward()
    (dx,), _ = bench.backward(np.ones((5, 40)))
    assert np.array_equal(y == 0.0, dx == 0.0)


def test_dropout_draws_anew_for_every_pass():
    bench = Bench(LAYERS["dropout"], Example({"rate": 0.5}, ((40,),)))
    frame, run, _ = bench.bound(bench.xs, {})
    run()
    first = frame.y.copy()
    run()
    assert not np.array_equal(first, frame.y)


def test_dropout_does_nothing_in_evaluation_or_at_rate_0():
    assert LAYERS["dropout"](rate=0.5).passes_through(train=False)
    assert not LAYERS["dropout"](rate=0.5).passes_through(train=True)
    assert LAYERS["dropout"](rate=0.0).passes_through(train=True)


def test_softmax_of_large_scores_stays_exact():
    assert outputs("softmax", [1000.0, 1000.0, -1000.0]).tolist() == [0.5, 0.5, 0.0]


def test_input_takes_its_shape_from_the_data_or_says_what_does_not_fit():
    assert LAYERS["input"]().infer((4,)) == (4,)
    assert LAYERS["input"](shape=[4]).infer((4,)) == (4,)
    assert LAYERS["input"](shape=[4]).infer() == (4,)
    with pytest.raises(ShapeError, match=r"expects \(5\), but a sample of the data is \(4\)"):
        LAYERS["input"](shape=[5]).infer((4,))
    with pytest.raises(ShapeError, match="no data"):
        LAYERS["input"]().infer()


def test_output_hands_on_any_shape_with_at_least_one_axis():
    assert LAYERS["output"]().infer((3,)) == (3,)
    assert LAYERS["output"]().infer((3, 2)) == (3, 2)
