"""What is shown of weights, compared with the network itself."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.engine.tape import Tape
from core.graph import edits
from core.io import examples
from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import NotApplicable, answer
from core.train.probes._fine import count
from core.train.probes.kernels import COLOUR, MEAN, NoPictures
from core.train.probes.weight_history import ROWS
from core.train.probes.weights import CELLS, reduced
from core.train.request import Request
from core.train.sampling import look
from core.train.session import Session
from core.train.trial import next_update
from tests.core._build import chain, dense, xor

DIGITS = {"kind": "digits", "params": {}}


def ask(session: Session, probe: str, **arguments: Any) -> Any:
    return answer(session, Request.of(probe, **arguments))


def with_past(session: Session) -> Session:
    session.moments = Moments(session)
    session.moments.keep()
    return session


def trained(session: Session, epochs: int) -> Session:
    session.change(epochs=session.epoch + epochs)
    list(train(session, Control()))
    return session


def pictures(*layers: Any) -> Session:
    return Session(chain(("reshape", {"target": [8, 8, 1]}), *layers, "flatten", dense(10), "softmax",
                         loss="sparse_categorical_crossentropy", source=DIGITS))


def series(*layers: Any) -> Session:
    return Session(chain(("reshape", {"target": [8, 8]}), *layers, "flatten", dense(10), "softmax",
                         loss="sparse_categorical_crossentropy", source=DIGITS))


def test_the_change_is_counted_from_the_first_moment() -> None:
    session = with_past(Session(xor()))
    first = {name: array.copy() for name, array in session.network.weights["dense"].items()}
    trained(session, 15)
    found = ask(session, "weights", node="dense", quantity="change")
    for name, array in session.network.weights["dense"].items():
        np.testing.assert_array_equal(found.values[name], array - first[name])
    assert found.since == 0
    assert found.scale == max(np.abs(values).max() for values in found.values.values()) > 0


def test_a_change_in_the_past_is_that_of_then() -> None:
    session = trained(with_past(Session(xor())), 15)
    assert session.moments is not None
    first, then = session.moments.at(0), session.moments.at(7)
    assert first is not None
    assert then is not None
    with session.moments.shown(7):
        found = ask(session, "weights", node="dense", quantity="change")
    place = session.network.weights.places["dense", "W"]
    np.testing.assert_array_equal(found.values["W"].ravel(), then.weights[place] - first.weights[place])


def test_without_a_past_there_is_no_change_to_show() -> None:
    assert isinstance(ask(Session(xor()), "weights", quantity="change"), NotApplicable)


@pytest.mark.parametrize("name", ["xor-mlp", "spiral", "gan", "perceptron-xor", "brackets-lstm"])
def test_the_step_that_is_tried_is_the_one_that_comes(name: str) -> None:
    session = Session(examples.load(name))
    trained(session, 2)
    session.change(epochs=4)
    tried = next_update(session)
    before = session.network.weights.flat.copy()
    control = Control()
    control.step()
    run = train(session, control)
    while session.step == 0 or np.array_equal(session.network.weights.flat, before):
        if type(next(run)).__name__ == "Paused":
            break
    np.testing.assert_array_equal(session.network.weights.flat - before, tried)
    run.close()


@pytest.mark.parametrize("name", ["spiral", "gan", "perceptron-xor"])
def test_trying_a_step_changes_no_bit_of_a_run(name: str) -> None:
    plain = trained(Session(examples.load(name)), 4)
    watched = Session(examples.load(name))
    for _ in range(4):
        ask(watched, "weights", quantity="step")
        trained(watched, 1)
        next_update(watched)
    plain_again = Session(examples.load(name))
    for _ in range(4):
        trained(plain_again, 1)
    np.testing.assert_array_equal(watched.network.weights.flat, plain_again.network.weights.flat)
    assert plain.step == watched.step


def test_a_step_tried_in_the_past_is_the_one_that_was_taken() -> None:
    session = trained(with_past(Session(xor())), 12)
    assert session.moments is not None
    now = session.network.weights.flat.copy()
    fifth, sixth = session.moments.at(5), session.moments.at(6)
    assert fifth is not None
    assert sixth is not None
    with session.moments.shown(5):
        tried = next_update(session)
    np.testing.assert_array_equal(tried, sixth.weights - fifth.weights)
    np.testing.assert_array_equal(session.network.weights.flat, now)


def test_the_share_of_a_step_and_the_ratio_of_lengths_are_those_of_its_update() -> None:
    session = trained(Session(xor()), 3)
    w = session.network.weights["dense"]["W"].copy()
    found = ask(session, "weights", node="dense", quantity="step")
    update = next_update(session)[session.network.weights.places["dense", "W"]].reshape(w.shape)
    np.testing.assert_allclose(found.values["W"], np.abs(update) / (np.abs(w) + 1e-8), rtol=1e-6)
    assert found.ratios["W"] == pytest.approx(np.linalg.norm(update) / np.linalg.norm(w), rel=1e-6)


def test_the_gradient_is_that_of_the_mean_loss() -> None:
    session = Session(xor())
    found = ask(session, "weights", node="dense", quantity="gradient")
    samples = look(session)
    tape = Tape(session.network, len(samples))
    tape.fill(samples.x, session.network.targets(samples.y))
    w, step = session.network.weights["dense"]["W"], 1e-2
    held = float(w[1, 2])
    losses = []
    for value in (held + step, held - step):
        w[1, 2] = value
        losses.append(tape.run())
    w[1, 2] = held
    assert found.values["W"][1, 2] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=0.02, abs=1e-5)


@pytest.mark.parametrize(("name", "quantity"), [("gan", "gradient"), ("perceptron-xor", "gradient")])
def test_where_no_loss_is_descended_there_is_no_gradient(name: str, quantity: str) -> None:
    assert isinstance(ask(Session(examples.load(name)), "weights", quantity=quantity), NotApplicable)


def test_frozen_weights_have_a_value_but_no_change() -> None:
    session = Session(chain(dense(4), "tanh", dense(1), "sigmoid", frozen=("dense",)))
    assert not isinstance(ask(session, "weights", node="dense"), NotApplicable)
    for quantity in ("change", "step", "gradient"):
        assert "frozen" in ask(session, "weights", node="dense", quantity=quantity).reason


@pytest.mark.parametrize("shape", [(65_536, 64), (2000, 2000), (1, 300_000), (300_000,), (3, 3, 700, 700)])
def test_of_a_large_array_the_extreme_of_every_block_is_shown(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    found, (down, across) = reduced(array)
    assert found.size <= CELLS
    assert found.ndim == 2
    matrix = array.reshape(-1, shape[-1]) if array.ndim > 1 else array[None]
    assert found.shape == (-(-matrix.shape[0] // down), -(-matrix.shape[1] // across))
    for row, column in ((0, 0), (found.shape[0] - 1, found.shape[1] - 1), (found.shape[0] // 2, 0)):
        block = matrix[row * down : (row + 1) * down, column * across : (column + 1) * across].ravel()
        assert found[row, column] == block[np.abs(block).argmax()]


def test_an_array_that_can_be_seen_whole_is_not_reduced() -> None:
    array = np.zeros((784, 256), np.float32)
    found, block = reduced(array)
    assert found is array
    assert block == (1, 1)


@pytest.mark.parametrize("kind", ["conv2d", "conv2d_transpose"])
def test_each_filter_is_a_picture_of_one_input_or_of_their_mean(kind: str) -> None:
    session = pictures(("conv2d", {"filters": 3}), (kind, {"filters": 4, "kernel_size": [3, 2]}))
    node = kind if kind != "conv2d" else "conv2d_2"
    W = session.network.weights[node]["W"]
    mean = ask(session, "kernels", node=node)
    assert (mean.kind, mean.inputs, mean.channel, mean.total) == ("kernels", 3, MEAN, 4)
    np.testing.assert_allclose(mean.pictures[2], W[:, :, :, 2].mean(axis=2), rtol=1e-5, atol=1e-7)
    one = ask(session, "kernels", node=node, channel=1)
    np.testing.assert_array_equal(one.pictures[3], W[:, :, 1, 3])
    colour = ask(session, "kernels", node=node, channel=COLOUR)
    np.testing.assert_array_equal(colour.pictures[0], W[:, :, :, 0])
    assert one.scale == np.abs(W[:, :, 1]).max()


def test_a_depthwise_convolution_has_pictures_for_every_channel_in_turn() -> None:
    session = pictures(("conv2d", {"filters": 3}), ("depthwise_conv2d", {"multiplier": 2}))
    W, found = session.network.weights["depthwise_conv2d"]["W"], ask(session, "kernels", node="depthwise_conv2d")
    assert found.total == 6
    np.testing.assert_array_equal(found.pictures[5], W[:, :, 2, 1])


def test_a_convolution_of_series_has_rows_of_inputs_and_columns_of_steps() -> None:
    session = series(("conv1d", {"filters": 5, "kernel_size": 3}), "depthwise_conv1d")
    W, found = session.network.weights["conv1d"]["W"], ask(session, "kernels", node="conv1d")
    assert found.pictures.shape == (5, 8, 3)
    np.testing.assert_array_equal(found.pictures[4], W[:, :, 4].T)
    W, found = session.network.weights["depthwise_conv1d"]["W"], ask(session, "kernels", node="depthwise_conv1d")
    np.testing.assert_array_equal(found.pictures[3], W[:, 3, 0][None])


def test_a_unit_that_sees_pixels_looks_for_a_picture() -> None:
    session = Session(examples.load("digits-mlp"))
    node = next(name for name in session.network.weights if session.network.weights[name])
    found = ask(session, "kernels", node=node)
    W = session.network.weights[node]["W"]
    assert found.kind == "fields"
    assert found.pictures.shape == (W.shape[1], 8, 8)
    np.testing.assert_array_equal(found.pictures[3], W[:, 3].reshape(8, 8))


def test_what_is_no_picture_is_not_shown_as_one() -> None:
    assert isinstance(ask(Session(xor()), "kernels"), NoPictures)
    session = pictures(("conv2d", {"filters": 3}))
    assert isinstance(ask(session, "kernels", node="dense"), NoPictures)
    assert ask(session, "weights", node="dense").pictured == ""
    assert ask(session, "weights", node="conv2d").pictured == "kernels"


def test_every_weight_of_every_moment_is_counted_once_in_the_right_bin() -> None:
    session = trained(with_past(Session(examples.load("spiral"))), 6)
    assert session.moments is not None
    found, asked = ask(session, "weight_history", name="W"), 0
    while found.pending:
        asked += 1
        found = ask(session, "weight_history", name="W", asked=asked)
    assert len(found.steps) == ROWS
    assert found.steps[-1] == session.step
    place = session.network.weights.places[found.node, "W"]
    for step, line in zip(found.steps, found.counts, strict=True):
        moment = session.moments.at(step)
        assert moment is not None
        weights = moment.weights[place] if moment.step == step else session.network.weights.flat[place]
        expected, _ = np.histogram(weights.astype(np.float64), found.edges)
        np.testing.assert_array_equal(line, expected)
        assert line.sum() == found.total == weights.size


def test_a_few_moments_are_counted_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    session = trained(with_past(Session(xor())), 20)
    monkeypatch.setattr("core.train.probes.weight_history.NUMBERS", 16)
    found = ask(session, "weight_history", node="dense", name="W")
    assert len(found.steps) == 3
    assert found.pending > 0
    more = ask(session, "weight_history", node="dense", name="W", asked=1)
    assert len(more.steps) == 5
    assert more.pending == found.pending - 2


def test_looking_back_the_history_ends_at_that_moment() -> None:
    session = trained(with_past(Session(xor())), 20)
    assert session.moments is not None
    with session.moments.shown(8):
        found = ask(session, "weight_history", node="dense", name="W")
    assert found.steps[-1] == 8
    assert session.moments.showing is None


def test_numbers_that_are_all_the_same_or_not_finite_are_counted_too() -> None:
    assert count(np.zeros(5)).counts.tolist() == [5]
    assert count(np.array([np.nan, 1.0, np.inf])).counts.sum() == 1
    assert count(np.full(3, 1e20)).counts.sum() == 3
    session = Session(xor())
    session.network.weights["dense"]["W"][...] = np.nan
    found = ask(session, "weight_history", node="dense", name="W")
    assert found.counts.sum() == 0


def test_which_columns_belong_to_a_neuron() -> None:
    session = Session(examples.load("brackets-lstm"))
    found = ask(session, "weights", node="lstm")
    units = found.values["U"].shape[0]
    assert found.neurons == {"W": units, "U": units, "b": units}


def test_trying_a_step_leaves_the_chance_of_augmentation_alone() -> None:
    document = edits.set_data(examples.load("digits-mlp"), {"steps": ["random_shift", "random_noise"]})
    plain, watched = trained(Session(document), 2), Session(document)
    for _ in range(2):
        next_update(watched)
        trained(watched, 1)
        next_update(watched)
    np.testing.assert_array_equal(watched.network.weights.flat, plain.network.weights.flat)
