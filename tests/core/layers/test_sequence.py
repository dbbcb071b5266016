"""The layers for sequences against plain formulas, one step after the other."""
import math

import numpy as np
import pytest

from core.errors import ShapeError
from core.layers import LAYERS, Example
from tests.core.layers._bench import Bench

RECURRENT = ["simple_rnn", "lstm", "gru"]
SEQUENCES = [*RECURRENT, "global_average_pool1d", "positional_encoding", "position_embedding"]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def simple_rnn(x, h, _, w):
    return np.tanh(x @ w["W"] + h @ w["U"] + w["b"]), h


def lstm(x, h, c, w):
    i, f, g, o = np.split(x @ w["W"] + h @ w["U"] + w["b"], 4, axis=-1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def gru(x, h, _, w):
    p, q = (np.split(v, 3, axis=-1) for v in (x @ w["W"] + w["b"][0], h @ w["U"] + w["b"][1]))
    z, r = sigmoid(p[0] + q[0]), sigmoid(p[1] + q[1])
    return z * h + (1 - z) * np.tanh(p[2] + r * q[2]), h


STEP = {"simple_rnn": simple_rnn, "lstm": lstm, "gru": gru}


def words(values, vocabulary=4):
    """An Embedding of this vocabulary, its frame with a gradient of ones, after one pass over `values`."""
    bench = Bench(LAYERS["embedding"], Example({"input_dim": vocabulary, "output_dim": 2}, ((len(values[0]),),)),
                  n=len(values))
    frame, run, back = bench.bound([np.array(values, float)], bench.weights, np.ones((*np.shape(values), 2)))
    bench.go(run)
    return bench, frame, run, back


@pytest.mark.parametrize("every", [False, True], ids=["last", "every"])
@pytest.mark.parametrize("kind", RECURRENT)
def test_a_recurrent_layer_carries_its_state_from_step_to_step(kind, every):
    bench = Bench(LAYERS[kind], Example({"units": 3, "return_sequences": every}, ((6, 2),)))
    h, c, outputs = np.zeros((5, 3)), np.zeros((5, 3)), []
    for t in range(6):
        h, c = STEP[kind](bench.xs[0][:, t], h, c, bench.weights)
        outputs.append(h)
    wanted = np.stack(outputs, 1) if every else h
    assert bench.forward() == pytest.approx(wanted, rel=1e-12, abs=1e-14)


def test_a_simple_rnn_with_relu_clips_its_state_at_zero():
    bench = Bench(LAYERS["simple_rnn"], Example({"units": 1, "activation": "relu", "return_sequences": True},
                                                ((3, 1),)), n=1)
    weights = {"W": np.array([[1.0]]), "U": np.array([[2.0]]), "b": np.array([0.5])}
    y = bench.forward([np.array([[[1.0], [-9.0], [3.0]]])], weights)
    assert y.ravel().tolist() == [1.5, 0.0, 3.5]


@pytest.mark.parametrize("kind", RECURRENT)
def test_a_second_pass_starts_from_an_empty_state(kind):
    bench = Bench(LAYERS[kind], Example({"units": 3}, ((4, 2),)))
    taken = []

    def shared(shape, dtype=None):
        taken.append(bench.poisoned(shape, dtype))
        return taken[-1]

    frame, _, _ = bench.bound(bench.xs, bench.weights, np.ones((5, 3)))
    frame.scratch = shared
    run, back = bench.layer.bind(frame)
    bench.go(run, back)
    first = frame.y.copy()
    for array in taken:
        array.fill(7)
    bench.go(run)
    assert np.array_equal(first, frame.y)


def forgetting(kind, dtype, **params):
    """Gradients after a sequence of 300 steps that forgets fast: those of the weights by name, and that of the input.

    Every second step of the first sample is padding."""
    bench = Bench(LAYERS[kind], Example({"units": 8, **params}, ((300, 4),)), n=3, dtype=dtype)
    bench.weights = {k: (0.2 * w).astype(dtype) for k, w in bench.weights.items()}
    bench.xs[0][0, ::2] = 0.0
    (dx,), grads = bench.backward(np.ones((3, *bench.shape), dtype))
    return {**grads, "x": dx}


@pytest.mark.parametrize("params", [{}, {"masked": True}, {"bidirectional": True}, {"return_sequences": True}],
                         ids=str)
@pytest.mark.parametrize("kind", RECURRENT)
def test_a_gradient_that_fades_away_ends_at_zero_and_is_otherwise_the_same(kind, params):
    # Double precision can hold what fades here.
    ours, exact = forgetting(kind, np.float32, **params), forgetting(kind, np.float64, **params)
    least = np.finfo(np.float32).tiny
    for name, gradient in ours.items():
        assert gradient == pytest.approx(exact[name], rel=1e-3, abs=1e-6 * np.abs(exact[name]).max())
        assert not ((gradient != 0) & (np.abs(gradient) < least)).any()
    if not {"bidirectional", "return_sequences"} & set(params):
        assert not ours["x"][1:, :100].any()
        assert exact["x"][1:, :100].all()


@pytest.mark.parametrize("kind", RECURRENT)
def test_what_overflowed_is_not_taken_for_faded(kind):
    bench = Bench(LAYERS[kind], Example({"units": 2, "return_sequences": True}, ((40, 2),)))
    dy = np.zeros((5, 40, 2))
    dy[0, 39] = np.nan
    (dx,), grads = bench.backward(dy)
    assert np.isnan(dx[0]).all()
    assert not np.isnan(dx[1:]).any()
    assert np.isnan(grads["U"]).all()


@pytest.mark.parametrize("kind", RECURRENT)
def test_the_recurrent_weights_start_with_orthonormal_rows(kind):
    built = LAYERS[kind](units=5).build(np.random.default_rng(0), (4, 2))
    assert built["U"] @ built["U"].T == pytest.approx(np.eye(5), abs=1e-12)


def test_only_the_forget_gate_of_an_lstm_starts_open():
    assert LAYERS["lstm"](units=2).build(np.random.default_rng(0), (4, 3))["b"].tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert not LAYERS["gru"](units=2).build(np.random.default_rng(0), (4, 3))["b"].any()


@pytest.mark.parametrize(("kind", "gates"), [("simple_rnn", 1), ("lstm", 4), ("gru", 3)])
def test_the_cost_counts_the_products_of_every_step(kind, gates):
    assert LAYERS[kind](units=7).cost((10, 3)) == 10 * gates * 7 * (3 + 7)


@pytest.mark.parametrize("shape", [(4,), (2, 3, 4)])
@pytest.mark.parametrize("kind", SEQUENCES)
def test_what_is_no_sequence_is_refused_with_what_to_do(kind, shape):
    title = LAYERS[kind].info.title
    with pytest.raises(ShapeError, match=rf"^{title}: needs a sequence \(time, features\), got") as caught:
        LAYERS[kind]().infer(shape)
    assert "Embedding" in caught.value.problem.hint


@pytest.mark.parametrize("kind", SEQUENCES)
def test_a_sequence_of_length_zero_is_refused(kind):
    with pytest.raises(ShapeError, match="at least one time step"):
        LAYERS[kind]().infer((0, 3))


def test_an_embedding_looks_words_up():
    bench, frame, _, _ = words([[3, 0, 3]])
    assert np.array_equal(frame.y[0], bench.weights["W"][[3, 0, 3]])


def test_an_embedding_adds_up_the_gradients_of_a_word_that_comes_twice_and_gives_its_input_none():
    bench, frame, _, back = words([[3, 0, 3], [1, 3, 0]])
    bench.go(back)
    assert frame.grads["W"].tolist() == [[2, 2], [1, 1], [0, 0], [3, 3]]
    assert not frame.dx.any()


@pytest.mark.parametrize("word", [-1.0, 4.0, 1.5, math.nan, math.inf, -math.inf, 1e30])
def test_a_word_outside_the_vocabulary_gives_no_number_and_leaves_the_others_alone(word):
    bench, frame, _, back = words([[0.0, word, 2.0]])
    assert np.isnan(frame.y[0, 1]).all()
    assert np.array_equal(frame.y[0, ::2], bench.weights["W"][::2])
    bench.go(back)
    assert not frame.dx.any()


def test_an_embedding_finds_its_feet_again_after_a_wrong_word():
    bench, frame, run, _ = words([[0.0, 9.0]])
    frame.x[0, 1] = 3.0
    bench.go(run)
    assert np.array_equal(frame.y[0], bench.weights["W"][[0, 3]])


def test_an_embedding_wants_a_row_of_words():
    with pytest.raises(ShapeError, match="Embedding: needs a row of whole numbers"):
        LAYERS["embedding"]().infer((4, 2))


def test_the_mean_over_time_leaves_the_features_apart():
    bench = Bench(LAYERS["global_average_pool1d"], Example(shapes=((2, 3),)), n=1)
    assert bench.forward([np.array([[[1.0, 2.0, 3.0], [3.0, 6.0, 5.0]]])]).tolist() == [[2.0, 4.0, 4.0]]


def test_the_positional_encoding_alternates_sines_and_cosines_of_growing_length():
    bench = Bench(LAYERS["positional_encoding"], Example(shapes=((5, 3),)), n=1)
    y = bench.forward([np.zeros((1, 5, 3))])[0]
    for t in range(5):
        assert y[t] == pytest.approx([math.sin(t), math.cos(t), math.sin(t / 10_000 ** (2 / 3))], rel=1e-12)
