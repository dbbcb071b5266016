"""Padding and both directions: what layers for sequences do with time steps whose features are all 0."""
import numpy as np
import pytest

from core.errors import ParamError, ShapeError
from core.layers import LAYERS, Example, _walk
from tests.core.layers._bench import Bench

RECURRENT = ["simple_rnn", "lstm", "gru"]
# Which of 5 steps are real: padding behind, before, between, none, and nothing else.
REAL = np.array([[1, 1, 1, 0, 0], [0, 0, 1, 1, 1], [1, 0, 1, 0, 1], [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]], bool)
each_kind = pytest.mark.parametrize("kind", RECURRENT)
each_end = pytest.mark.parametrize("every", [False, True], ids=["last", "every"])
each_way = pytest.mark.parametrize("both", [False, True], ids=["one way", "both ways"])


def padded(kind, **params):
    """A layer with 2 features in 5 steps, and inputs with padding."""
    bench = Bench(LAYERS[kind], Example(params, ((5, 2),)))
    bench.xs[0][~REAL] = 0.0
    return bench


def passed(bench, x, weights, dy):
    """Output, gradient of the input, gradients of the weights."""
    frame, run, back = bench.bound([x], weights, dy)
    bench.go(run, back)
    return frame.y, frame.dxs[0], frame.grads


@each_way
@each_end
@each_kind
def test_a_masked_layer_does_with_each_sample_what_it_does_with_its_real_steps_alone(kind, every, both):
    bench = padded(kind, units=3, return_sequences=every, bidirectional=both, masked=True)
    dy = np.random.default_rng(1).normal(size=(5, *bench.shape))
    y, dx, grads = passed(bench, bench.xs[0], bench.weights, dy)
    wanted, wanted_dx = np.zeros_like(y), np.zeros_like(dx)
    summed = {name: np.zeros_like(w) for name, w in bench.weights.items()}
    for i, real in enumerate(REAL):
        if not real.any():
            continue
        short = Bench(LAYERS[kind], Example({"units": 3, "return_sequences": every, "bidirectional": both},
                                            ((real.sum(), 2),)), n=1)
        arriving = dy[i, real] if every else dy[i]
        out, back, learned = passed(short, bench.xs[0][i : i + 1, real], bench.weights, arriving[None])
        if every:
            wanted[i, real] = out[0]
        else:
            wanted[i] = out[0]
        wanted_dx[i, real] = back[0]
        for name in summed:
            summed[name] += learned[name]
    assert y == pytest.approx(wanted, rel=1e-12, abs=1e-14)
    assert dx == pytest.approx(wanted_dx, rel=1e-12, abs=1e-14)
    for name, gradient in grads.items():
        assert gradient == pytest.approx(summed[name], rel=1e-12, abs=1e-13)


@each_kind
def test_a_sequence_of_padding_alone_gives_zeros(kind):
    bench = padded(kind, units=3, bidirectional=True, masked=True)
    assert not bench.forward()[4].any()
    every = padded(kind, units=3, return_sequences=True, masked=True)
    assert not every.forward()[~REAL].any()


@each_kind
def test_a_layer_that_is_not_masked_takes_zeros_as_they_are(kind):
    bench = padded(kind, units=3)
    assert bench.forward()[4].any()


@each_end
@each_kind
def test_the_second_direction_reads_from_the_end_with_its_own_weights(kind, every):
    bench = Bench(LAYERS[kind], Example({"units": 3, "return_sequences": every, "bidirectional": True}, ((5, 2),)))
    one = Bench(LAYERS[kind], Example({"units": 3, "return_sequences": every}, ((5, 2),)))
    there = one.forward(bench.xs, {name: bench.weights[name] for name in "WUb"})
    back = one.forward([bench.xs[0][:, ::-1].copy()], {name: bench.weights[f"{name}_back"] for name in "WUb"})
    wanted = np.concatenate([there, back[:, ::-1] if every else back], axis=-1)
    assert bench.forward() == pytest.approx(wanted, rel=1e-12, abs=1e-14)


@each_kind
def test_both_directions_start_from_weights_of_their_own_that_decay(kind):
    layer = LAYERS[kind](units=3, bidirectional=True)
    built = layer.build(np.random.default_rng(0), (5, 2))
    assert all(not np.array_equal(built[name], built[f"{name}_back"]) for name in "WU")
    assert np.array_equal(built["b"], built["b_back"])
    assert layer.decays() == {"W", "U", "W_back", "U_back"}
    assert layer.cost((5, 2)) == 2 * LAYERS[kind](units=3).cost((5, 2))


@each_kind
def test_a_sequence_that_is_walked_in_pieces_gives_what_it_gives_at_once(kind, monkeypatch):
    bench = padded(kind, units=3, return_sequences=True, bidirectional=True, masked=True)
    dy = np.random.default_rng(2).normal(size=(5, *bench.shape))
    whole = passed(bench, bench.xs[0], bench.weights, dy)
    monkeypatch.setattr(_walk, "PIECE", 2 * 5 * 3)
    pieces = passed(bench, bench.xs[0], bench.weights, dy)
    assert np.array_equal(whole[0], pieces[0])
    assert np.array_equal(whole[1], pieces[1])
    assert all(np.array_equal(gradient, pieces[2][name]) for name, gradient in whole[2].items())


def test_the_word_that_pads_gives_zeros_and_learns_nothing():
    bench = Bench(LAYERS["embedding"], Example({"input_dim": 4, "output_dim": 2, "padding_index": 1}, ((3,),)), n=2)
    x = np.array([[3.0, 1.0, 0.0], [1.0, 1.0, 3.0]])
    y, _, grads = passed(bench, x, bench.weights, np.ones((2, 3, 2)))
    assert not y[x == 1.0].any()
    assert np.array_equal(y[0, [0, 2]], bench.weights["W"][[3, 0]])
    assert grads["W"].tolist() == [[1, 1], [0, 0], [0, 0], [2, 2]]


def test_the_row_of_the_word_that_pads_starts_at_zero_and_without_padding_no_row_does():
    built = LAYERS["embedding"](input_dim=4, padding_index=2).build(np.random.default_rng(0), (3,))["W"]
    assert (~built.any(axis=1)).tolist() == [False, False, True, False]
    assert LAYERS["embedding"](input_dim=4).build(np.random.default_rng(0), (3,))["W"].any(axis=1).all()


def test_a_word_outside_the_vocabulary_is_not_taken_for_padding():
    bench = Bench(LAYERS["embedding"], Example({"input_dim": 4, "output_dim": 2, "padding_index": 0}, ((3,),)), n=1)
    y = bench.forward([np.array([[-1.0, 0.0, 2.0]])])
    assert np.isnan(y[0, 0]).all()
    assert not y[0, 1].any()


def test_padding_outside_the_vocabulary_is_refused_with_what_to_do():
    with pytest.raises(ShapeError, match=r"Embedding: padding 4 is outside the vocabulary of 4 words\.") as caught:
        LAYERS["embedding"](input_dim=4, padding_index=4).infer((3,))
    assert "none" in caught.value.problem.hint
    with pytest.raises(ParamError, match="padding_index"):
        LAYERS["embedding"](padding_index=-2)


def test_words_that_pad_are_padding_to_the_layer_behind():
    words = Bench(LAYERS["embedding"], Example({"input_dim": 6, "output_dim": 2, "padding_index": 0}, ((5,),)))
    words.xs[0] = np.where(REAL, 3, 0).astype(float)
    recurrent = Bench(LAYERS["gru"], Example({"units": 3, "masked": True}, ((5, 2),)))
    short = Bench(LAYERS["gru"], Example({"units": 3}, ((3, 2),)))
    y = words.forward()
    assert recurrent.forward([y])[0] == pytest.approx(short.forward([y[:1, :3].copy()], recurrent.weights)[0])


@pytest.mark.parametrize("kind", ["positional_encoding", "position_embedding"])
def test_padding_gets_no_place(kind):
    plain, masked = padded(kind), padded(kind, masked=True)
    dy = np.ones((5, 5, 2))
    y, dx, grads = passed(masked, masked.xs[0], masked.weights, dy)
    assert np.array_equal(y[REAL], plain.forward()[REAL])
    assert not y[~REAL].any()
    assert np.array_equal(dx, REAL[:, :, None] * dy)
    for gradient in grads.values():
        assert np.array_equal(gradient, np.repeat(REAL.sum(0)[:, None], 2, 1))


def test_a_learned_place_is_the_same_for_all_samples_and_learns_from_all_of_them():
    bench = Bench(LAYERS["position_embedding"], Example(shapes=((3, 2),)), n=4)
    dy = np.random.default_rng(0).normal(size=(4, 3, 2))
    y, dx, grads = passed(bench, bench.xs[0], bench.weights, dy)
    assert np.array_equal(y, bench.xs[0] + bench.weights["W"])
    assert np.array_equal(dx, dy)
    assert grads["W"] == pytest.approx(dy.sum(0))


def test_the_masked_mean_over_time_is_that_of_real_steps():
    bench = padded("global_average_pool1d", masked=True)
    y, dx, _ = passed(bench, bench.xs[0], {}, np.ones((5, 2)))
    for i, real in enumerate(REAL[:4]):
        assert y[i] == pytest.approx(bench.xs[0][i, real].mean(0))
        assert dx[i] == pytest.approx(np.repeat(real[:, None] / real.sum(), 2, 1))
    assert not y[4].any()
    assert not dx[4].any()
