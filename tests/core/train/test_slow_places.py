"""Slow motion in networks that are no plain chain, and by rules that are no plain descent."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.io import examples
from core.layers import Array
from core.train.plates import plates
from core.train.session import Session
from core.train.told import Place, SlowStep, Turn
from tests.core._build import chain, dense
from tests.core.train._slowly import begun, only, told

SMALL = 1e-6


def branched() -> Document:
    """input > first > second; the product of both > last (Softmax behind it) > output; first > loose, which leads
    nowhere; and first > side > other, a second Output that gives the input back."""
    doc = edits.set_data(edits.empty(), {"source": "iris"})
    doc = edits.set_training(doc, {"batch_size": 10, "learning_rate": 0.1, "optimizer": "sgd"})
    nodes = {"input": ("input", {}), "first": ("dense", {"units": 4}), "second": ("dense", {"units": 4}),
             "shape": ("tanh", {}), "product": ("multiply", {}), "last": ("dense", {"units": 3}),
             "softmax": ("softmax", {}), "loose": ("dense", {"units": 2}), "side": ("dense", {"units": 4}),
             "output": ("output", {"loss": "sparse_categorical_crossentropy"}),
             "other": ("output", {"loss": "mse", "target": "input", "weight": 0.5})}
    for name, (kind, params) in nodes.items():
        doc = edits.add_node(doc, Node(name, kind, params))
    wires = [("input", "first"), ("first", "second"), ("second", "shape"), ("last", "softmax"), ("softmax", "output"),
             ("first", "loose"), ("first", "side"), ("side", "other"), ("product", "last")]
    for source, target in wires:
        doc = edits.connect(doc, Edge(source, target))
    for source, port in (("first", "a"), ("shape", "b")):
        doc = edits.connect(doc, Edge(source, "product", port))
    return doc


def slope_of(doc: Document, node: str, name: str, index: tuple[int, ...],
             loss: Callable[[SlowStep], float]) -> float:
    """By central differences, in weights that are moved before the step."""
    found = []
    for move in (SMALL, -SMALL):
        session = begun(doc, dtype=np.float64)
        session.network.weights[node][name][index] += move
        found.append(loss(told(session)))
    return (found[0] - found[1]) / (2 * SMALL)


def walked(step: SlowStep, way: str) -> list[str]:
    return [place.node for place in step.places if place.way == way]


def test_several_outputs_each_have_a_loss_of_their_own() -> None:
    step = told(begun(branched(), dtype=np.float64))
    turn = only(step)
    assert walked(step, "loss") == ["output", "other"]
    assert step.loss == pytest.approx(sum(turn.losses.values()), rel=1e-12)
    x, y = turn.values["input"], begun(branched()).parts.train.y[list(turn.samples)]
    assert turn.kept == turn.n == 10
    np.testing.assert_allclose(turn.losses["output"], -np.log(turn.values["output"][range(10), y]).mean(), rtol=1e-9)
    np.testing.assert_allclose(turn.losses["other"], 0.5 * ((turn.values["other"] - x)**2).mean(), rtol=1e-9)
    prediction, target = plates(step, Place("loss", "other"), 3)
    np.testing.assert_array_equal(prediction.table[0], turn.values["side"][3])
    np.testing.assert_array_equal(target.table[0], x[3])


def test_a_node_with_several_inputs_shows_each_and_what_goes_back_to_each() -> None:
    step = told(begun(branched(), dtype=np.float64))
    turn = only(step)
    one, other, out = plates(step, Place("forward", "product"), 2)
    assert (one.node, other.node) == ("first", "shape")
    np.testing.assert_allclose(one.table * other.table, out.table, rtol=1e-12)
    slope, back, shape = plates(step, Place("backward", "product"), 2)
    np.testing.assert_allclose(back.table, slope.table * other.table, rtol=1e-12)
    np.testing.assert_allclose(shape.table, slope.table * one.table, rtol=1e-12)
    second, side = (plates(step, Place("backward", node), 2)[-1].table for node in ("second", "side"))
    np.testing.assert_allclose(second, turn.slopes["second"][2] @ turn.weights["second"]["W"].T[None], rtol=1e-12)
    np.testing.assert_allclose(side, turn.slopes["side"][2] @ turn.weights["side"]["W"].T[None], rtol=1e-12)
    np.testing.assert_allclose(back.table + second + side, turn.slopes["first"][2][None], rtol=1e-12)


def test_a_node_that_reads_the_same_one_twice_shows_both_shares() -> None:
    doc = edits.connect(edits.disconnect(branched(), [Edge("shape", "product", "b")]), Edge("second", "product", "b"))
    doc = edits.connect(edits.disconnect(doc, [Edge("first", "product", "a")]), Edge("second", "product", "a"))
    step = told(begun(doc, dtype=np.float64))
    slope, one, other = (plate.table for plate in plates(step, Place("backward", "product"), 1))
    np.testing.assert_allclose(one, slope * only(step).values["second"][1], rtol=1e-12)
    np.testing.assert_allclose(one + other, only(step).slopes["second"][1][None], rtol=1e-12)


def test_what_is_handed_on_unchanged_goes_back_unchanged() -> None:
    doc = edits.bypass(branched(), "shape", True)
    doc = edits.connect(edits.disconnect(doc, [Edge("first", "second")]), Edge("input", "second"))
    doc = edits.add_node(doc, Node("flat", "flatten", {}))
    doc = edits.connect(edits.connect(edits.disconnect(doc, [Edge("first", "side")]), Edge("first", "flat")),
                        Edge("flat", "side"))
    step = told(begun(doc, dtype=np.float64))
    turn = only(step)
    slope, back = plates(step, Place("backward", "flat"), 0)
    np.testing.assert_array_equal(slope.table, back.table)
    product = plates(step, Place("backward", "product"), 0)[1].table
    np.testing.assert_allclose(product + back.table, turn.slopes["first"][:1], rtol=1e-12)


def test_a_bypassed_node_hands_its_input_on() -> None:
    step = told(begun(edits.bypass(branched(), "shape", True), dtype=np.float64))
    turn = only(step)
    assert "shape" in walked(step, "forward")
    np.testing.assert_array_equal(turn.values["shape"], turn.values["second"])
    np.testing.assert_array_equal(turn.slopes["shape"], turn.slopes["second"])


def test_a_frozen_node_hands_gradients_on_and_keeps_its_weights() -> None:
    step = told(begun(edits.freeze(branched(), "second", True), dtype=np.float64))
    turn = only(step)
    assert "second" in walked(step, "backward")
    assert "second" not in walked(step, "update")
    assert "second" not in turn.gradients
    assert [plate.caption for plate in plates(step, Place("backward", "second"), 0)] == ["dL/d out", "dL/d in"]


def test_nothing_is_told_of_the_way_back_before_all_that_learns() -> None:
    step = told(begun(edits.freeze(branched(), "first", True)))
    assert "first" not in walked(step, "backward")
    assert "input" not in walked(step, "backward")
    assert [plate.caption for plate in plates(step, Place("backward", "second"), 0)] == ["dL/d out", "dL/d W", "dL/d b"]


def test_a_branch_that_leads_nowhere_is_left_out() -> None:
    step = told(begun(branched()))
    assert "loose" not in {place.node for place in step.places}


@pytest.mark.parametrize(("node", "name"), [("first", "W"), ("second", "W"), ("last", "b"), ("side", "W")])
def test_gradients_are_the_slopes_of_all_losses_together(node: str, name: str) -> None:
    gradient = only(told(begun(branched(), dtype=np.float64))).gradients[node][name]
    index = tuple(size // 2 for size in gradient.shape)
    assert gradient[index] == pytest.approx(slope_of(branched(), node, name, index, lambda step: step.loss), rel=1e-5)


def adversaries() -> Document:
    return edits.set_training(examples.load("gan"), {"batch_size": 8, "optimizer": "sgd", "learning_rate": 0.05})


def test_two_adversaries_are_told_one_after_the_other() -> None:
    session = begun(adversaries(), dtype=np.float64)
    first = session.network.copies()
    step = told(session)
    real, generated, generator = step.turns
    ways = [list(dict.fromkeys(place.way for place in step.places if place.turn == number)) for number in range(3)]
    assert ways == [["forward", "loss", "backward"], ["forward", "loss", "backward", "gradient", "update"],
                    ["forward", "loss", "backward", "update"]]
    assert "noise" not in real.values
    assert "input" not in generated.values
    assert len(real.samples) == 8
    assert generated.samples == ()
    assert step.loss == pytest.approx((real.losses["output"] + generated.losses["output"]) / 2, rel=1e-12)
    for turn, truth in ((real, 1.0), (generated, 0.0), (generator, 1.0)):
        p = turn.values["output"].reshape(-1)
        assert set(turn.targets["output"].reshape(-1)) == {truth}
        np.testing.assert_allclose(turn.losses["output"], -np.log(p if truth else 1 - p).mean(), rtol=1e-9)
    assert generated.change is not None
    assert generator.change is not None
    for node, held in generated.change.before.items():
        side = "discriminator" if node in real.gradients else "generator"
        for name, array in held.items():
            np.testing.assert_array_equal(array, first[f"{node}.{name}"])
            own = real.gradients[node][name] + generated.gradients[node][name] if side == "discriminator" else 0.0
            after = generated.change.after[node][name]
            np.testing.assert_allclose(after, array - 0.05 * own, rtol=1e-12, atol=1e-15)
            np.testing.assert_array_equal(generator.change.before[node][name], after)
            move = generator.gradients[node][name] if side == "generator" else 0.0
            np.testing.assert_allclose(session.network.weights[node][name], after - 0.05 * move, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_gradients_of_each_turn_are_the_slopes_of_its_own_loss(number: int) -> None:
    turn = told(begun(adversaries(), dtype=np.float64)).turns[number]
    for node, held in turn.gradients.items():
        index = tuple(size // 2 for size in held["W"].shape)
        if number == 2:
            # The discriminator has learned before; the generator's weights have not moved yet, but what it makes counts
            # in the discriminator's step too.
            wanted = _slope_of_fooling(node, index)
        else:
            wanted = slope_of(adversaries(), node, "W", index, lambda step: step.turns[number].losses["output"])
        assert held["W"][index] == pytest.approx(wanted, rel=1e-4, abs=1e-9)


def _slope_of_fooling(node: str, index: tuple[int, ...]) -> float:
    """With the generator moved after the discriminator has learned."""
    found = []
    for move in (SMALL, -SMALL):
        session = begun(adversaries(), dtype=np.float64)
        learn = session.rule._updaters[0].stages  # type: ignore[attr-defined]
        weights = session.network.weights

        def stages(others: object, learn: Callable[..., object] = learn, w: Array = weights[node]["W"],
                   move: float = move) -> object:
            yield from learn(others)  # type: ignore[misc]
            w[index] += move

        session.rule._updaters[0].stages = stages  # type: ignore[attr-defined]
        found.append(told(session).turns[2].losses["output"])
    return (found[0] - found[1]) / (2 * SMALL)


def perceptron(session: Session) -> tuple[list[tuple[int, int, Array, Array]], Array, Array]:
    """By hand: each sample's number, error, and the weights and the bias that it finds; and the last ones."""
    w, b = (session.network.weights["neuron"][name].astype(float).reshape(-1) for name in ("W", "b"))
    found = []
    for number in session.rule._order.tolist():  # type: ignore[attr-defined]
        x, t = session.parts.train.x[number].astype(float), int(session.parts.train.y[number])
        error = t - int(w @ x + b[0] > 0)
        found.append((number, error, w.copy(), b.copy()))
        w, b = w + session.rate * error * x, b + session.rate * error
    return found, w, b


@pytest.mark.parametrize("done", [0, 1, 3])
@pytest.mark.parametrize("name", ["perceptron-and", "perceptron-or", "perceptron-xor"])
def test_the_perceptron_tells_which_samples_are_wrong_and_how_each_is_corrected(name: str, done: int) -> None:
    # A rate that has no rounding.
    doc = edits.set_training(examples.load(name), {"learning_rate": 0.5})
    by_hand, w, b = perceptron(begun(doc, done=done, dtype=np.float64))
    step = told(begun(doc, done=done, dtype=np.float64))
    turn = only(step)
    assert [*turn.samples] == [number for number, *_ in by_hand]
    assert turn.errors is not None
    assert turn.errors.tolist() == [error for _, error, *_ in by_hand]
    assert not walked(step, "backward")
    ways = list(dict.fromkeys(place.way for place in step.places))
    assert ways == ["forward", "loss", "correction", "update"] or not turn.errors.any()
    x = begun(name).parts.train.x
    for sample, (number, error, own, bias) in enumerate(by_hand):
        given, W, offset, out = (plate.table for plate in plates(step, Place("forward", "neuron"), sample))
        np.testing.assert_allclose(given[0], x[number])
        np.testing.assert_allclose(W[:, 0], own, atol=1e-12)
        np.testing.assert_allclose(out[0], given[0] @ own + bias, atol=1e-12)
        np.testing.assert_allclose(offset[0], bias, atol=1e-12)
        _, factor, moved, shift = (plate.table for plate in plates(step, Place("correction", "neuron"), sample))
        assert factor[0, 0] == pytest.approx(step.rate * error)
        np.testing.assert_allclose(moved[:, 0], step.rate * error * x[number], atol=1e-12)
        np.testing.assert_allclose(shift[0], step.rate * error, atol=1e-12)
        prediction, target, wrong = (plate.table for plate in plates(step, Place("loss", "output"), sample))
        assert target[0, 0] - prediction[0, 0] == error
        assert wrong[0].tolist() == turn.errors.tolist()
    assert turn.change is not None
    np.testing.assert_allclose(turn.change.after["neuron"]["W"][:, 0], w, atol=1e-12)
    np.testing.assert_allclose(turn.change.after["neuron"]["b"], b, atol=1e-12)


def test_of_many_samples_the_wrong_ones_are_kept() -> None:
    doc = edits.set_data(examples.load("perceptron-and"), {"source": "gaussians"})
    session = begun(doc)
    by_hand, *_ = perceptron(session)
    turn = only(told(session))
    assert turn.n == len(by_hand) > 16 == turn.kept
    assert turn.errors is not None
    wrong = np.flatnonzero(turn.errors)
    assert {*turn.ranks} >= {*wrong[:16].tolist()}
    assert [*turn.ranks] == sorted(turn.ranks)
    assert turn.errors[turn.ranks[turn.telling]] != 0
    for i, rank in enumerate(turn.ranks):
        np.testing.assert_allclose(turn.own["neuron"]["W"][i, :, 0], by_hand[rank][2], rtol=1e-5, atol=1e-6)


def test_a_turn_that_ends_in_no_number_changes_nothing() -> None:
    session = begun(branched())
    session.network.weights.flat[0] = np.nan
    step = told(session)
    assert np.isnan(step.loss)
    assert only(step).change is None
    assert not walked(step, "update")


def heads(turn: Turn) -> list[str]:
    return [node for node, sources in turn.sources.items() if not sources]


def test_the_sample_that_is_shown_first_tells_something() -> None:
    turn = only(told(begun("xor-mlp")))
    assert turn.values[heads(turn)[0]][turn.telling].any()


@pytest.mark.parametrize(("activation", "units", "loss", "share"), [
    ("sigmoid", 1, {"loss": "binary_crossentropy"}, 16), ("softmax", 2, {"loss": "categorical_crossentropy"}, 16),
    ("softmax", 2, {"loss": "sparse_categorical_crossentropy"}, 16),
    ("softmax", 2, {"loss": "sparse_categorical_crossentropy", "weight": 0.3}, 0),
    ("sigmoid", 1, {"loss": "mse"}, None)])
def test_the_slope_before_an_activation_that_is_part_of_the_loss_is_prediction_minus_target(
        activation: str, units: int, loss: dict[str, object], share: int | None) -> None:
    doc = chain(dense(4), "tanh", dense(units), activation, source={"kind": "moons", "params": {"samples": 64}},
                batch_size=16)
    turn = only(told(begun(edits.set_params(doc, "output", loss))))
    assert turn.joined("output") == ("" if share is None else activation)
    assert turn.share("output") == (share or 0)
    if share:
        p, t = turn.values["output"], turn.targets["output"]
        t = np.eye(2)[t] if t.ndim == 1 and units == 2 else t.reshape(p.shape)
        np.testing.assert_allclose(turn.slopes["dense_2"], (p - t) / share, rtol=1e-4, atol=1e-7)
