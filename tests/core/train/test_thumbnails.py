"""The small pictures of what nodes compute are exactly what the engine says."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.graph import edits
from core.graph.document import Document
from core.graph.neurons import shown
from core.io import examples
from core.train.probes import answer
from core.train.probes._grid import known_grid
from core.train.probes._thumbnail import SIDE, TILES, Thumbnail, maps, states, tiles
from core.train.probes.thumbnails import Thumbnails
from core.train.references import SampleRef
from core.train.request import Request
from core.train.session import Session


def drawn(session: Session, **arguments: Any) -> Thumbnails:
    arguments.setdefault("nodes", tuple(sorted(session.document.nodes)))
    found = answer(session, Request.of("thumbnails", **arguments))
    assert isinstance(found, Thumbnails)
    return found


def session_of(name: str) -> Session:
    return Session(examples.load(name))


@pytest.fixture(scope="module")
def spiral() -> Session:
    return session_of("spiral")


@pytest.fixture(scope="module")
def digits() -> Session:
    return session_of("digits-mlp")


@pytest.fixture(scope="module")
def transformer() -> Session:
    return session_of("transformer-parts")


@pytest.mark.parametrize("node", ["input", "hidden_1", "hidden_2_tanh", "decision", "output"])
def test_planes_are_what_each_neuron_says_at_the_cells_of_the_grid(spiral: Session, node: str) -> None:
    found = drawn(spiral).by_node[node]
    wanted = spiral.network.predict(known_grid(spiral, 24).inputs, node)
    assert found.look == "plane"
    assert found.total == wanted.shape[1]
    for place, number in enumerate(found.numbers):
        np.testing.assert_array_equal(found.values[place], wanted[:, number].reshape(24, 24))
    assert found.limits == (wanted.min(), wanted.max())


def test_the_plane_of_the_first_input_grows_from_left_to_right_and_that_of_the_second_upwards(spiral: Session) -> None:
    first, second = drawn(spiral).by_node["input"].values
    assert (np.diff(first, axis=1) > 0).all()
    assert (np.diff(second, axis=0) > 0).all()


def test_a_probability_is_neutral_at_a_half_and_other_neurons_at_zero(spiral: Session) -> None:
    found = drawn(spiral).by_node
    assert (found["output"].middle, found["output"].scale) == (0.5, 0.5)
    assert (found["hidden_1_tanh"].middle, found["hidden_1_tanh"].scale) == (0.0, 1.0)
    dense = found["hidden_1"]
    assert (dense.middle, dense.scale) == (0.0, max(map(abs, dense.limits)))


def test_planes_come_as_fine_as_asked(spiral: Session) -> None:
    found = drawn(spiral, nodes=("hidden_1",), size=40)
    wanted = spiral.network.predict(known_grid(spiral, 40).inputs, "hidden_1")
    np.testing.assert_array_equal(found.by_node["hidden_1"].values, wanted.T.reshape(-1, 40, 40))
    assert found.features == ("x1", "x2")
    assert (found.x, found.y) == (known_grid(spiral, 40).x, known_grid(spiral, 40).y)


@pytest.mark.parametrize("number", [0, 7])
def test_strips_and_bars_are_the_activations_of_the_sample(digits: Session, number: int) -> None:
    found = drawn(digits, sample=SampleRef("validation", number))
    x = digits.parts.validation.x[number : number + 1]
    for node, look in (("hidden", "strip"), ("hidden_relu", "strip"), ("digit", "strip"), ("output", "bars")):
        assert found.by_node[node].look == look
        np.testing.assert_allclose(found.by_node[node].values, digits.network.predict(x, node)[0], rtol=1e-6)
    assert found.truth == digits.parts.validation.y[number]
    assert found.by_node["output"].classes == tuple("0123456789")


def test_an_input_that_is_a_flat_picture_is_shown_as_one_in_the_shades_of_the_data(digits: Session) -> None:
    found = drawn(digits).by_node["input"]
    assert found.look == "picture"
    np.testing.assert_array_equal(found.values, digits.parts.train.x[0].reshape(8, 8, 1))
    assert (found.middle - found.scale, found.middle + found.scale) == (0.0, 1.0)


def test_what_an_autoencoder_gives_back_is_a_picture_too() -> None:
    session = session_of("autoencoder")
    found = drawn(session).by_node
    wanted = session.network.predict(session.parts.train.x[:1])[0]
    assert found["output"].look == "picture"
    assert found["code"].look == "strip"
    np.testing.assert_allclose(found["output"].values.ravel(), wanted.ravel(), rtol=1e-6)
    assert (found["output"].scale, found["output"].middle) == (found["input"].scale, found["input"].middle)


def test_the_only_probability_of_two_classes_is_shown_for_both() -> None:
    session = session_of("brackets-lstm")
    found = drawn(session).by_node["output"]
    sure = session.network.predict(session.parts.train.x[:1])[0, 0]
    assert found.look == "bars"
    assert found.classes == session.parts.spec.classes
    np.testing.assert_allclose(found.values, [1 - sure, sure], rtol=1e-6)


def test_sequences_are_shown_with_time_from_left_to_right(transformer: Session) -> None:
    found = drawn(transformer).by_node["embed"]
    wanted = transformer.network.predict(transformer.parts.train.x[:1], "embed")[0]
    assert found.look == "states"
    np.testing.assert_allclose(found.values, wanted.T, rtol=1e-6)


def test_attention_is_the_softmax_of_queries_and_keys_and_its_rows_sum_to_one(transformer: Session) -> None:
    found = drawn(transformer).by_node["attention"]
    x = transformer.network.predict(transformer.parts.train.x[:1], "place")[0].astype(float)
    held = transformer.network.weights["attention"]
    packed = x @ held["W_in"].astype(float) + held["b_in"]
    assert found.look == "attention"
    assert found.total == 4
    for head, seen in enumerate(found.values):
        q, k = packed[:, 8 * head : 8 * head + 8], packed[:, 32 + 8 * head : 40 + 8 * head]
        scores = np.exp(q @ k.T / np.sqrt(8))
        np.testing.assert_allclose(seen, scores / scores.sum(1, keepdims=True), rtol=1e-4)
    np.testing.assert_allclose(found.values.sum(-1), 1.0, rtol=1e-5)


def test_feature_maps_are_those_of_the_layer_and_large_ones_are_thinned_out() -> None:
    output = np.random.default_rng(0).normal(size=(200, 3, 70)).astype(np.float32)
    found = maps("conv", output)
    assert found.look == "maps"
    assert found.total == 70
    assert found.values.shape == (TILES, SIDE, 3)
    rows = np.arange(SIDE) * 200 // SIDE
    for place, number in enumerate(found.numbers):
        np.testing.assert_array_equal(found.values[place], output[rows][:, :, number])


def test_of_a_long_sequence_steps_are_shown_from_the_first_to_the_last() -> None:
    output = np.random.default_rng(0).normal(size=(1000, 4)).astype(np.float32)
    found = states("lstm", output)
    np.testing.assert_array_equal(found.values, output[np.rint(np.arange(SIDE) * 999 / (SIDE - 1)).astype(int)].T)
    assert found.steps == 1000


def test_many_neurons_are_cut_evenly_and_it_is_said_how_many_there_are() -> None:
    found = tiles("wide", "strip", np.arange(1000.0), most=10)
    assert found.numbers == tuple(range(0, 1000, 100))
    assert found.total == 1000
    np.testing.assert_array_equal(found.values, found.numbers)


def test_a_node_drawn_as_neurons_gets_the_neurons_that_are_drawn() -> None:
    session = Session(wide(examples.load("spiral"), 100))
    found = drawn(session, nodes=("hidden_1",), columns=("hidden_1",)).by_node["hidden_1"]
    assert found.numbers == shown(100)
    assert len(found.values) == 16


def test_of_a_sample_a_node_drawn_as_neurons_gets_one_number_each(digits: Session) -> None:
    found = drawn(digits, nodes=("output",), columns=("output",)).by_node["output"]
    wanted = digits.network.predict(digits.parts.train.x[:1])[0]
    assert found.look == "strip"
    assert found.numbers == tuple(range(10))
    np.testing.assert_allclose(found.values, wanted, rtol=1e-6)


def test_what_is_made_of_noise_is_shown_as_points_among_the_data() -> None:
    session = session_of("gan")
    found = drawn(session).by_node
    grid = known_grid(session, 24).inputs
    wanted = session.network.predict(grid, "made")[: len(found["made"].values)]
    assert found["made"].look == found["noise"].look == "points"
    assert found["generator"].look == "strip"
    np.testing.assert_array_equal(found["made"].values, wanted)
    assert found["made"].window == (grid[:, 0].min(), grid[:, 0].max(), grid[:, 1].min(), grid[:, 1].max())


def test_numbers_that_are_none_are_left_out_of_the_limits() -> None:
    found = tiles("broken", "strip", np.array([np.nan, -2.0, np.inf, 3.0]))
    assert found.limits == (-2.0, 3.0)
    assert found.scale == 3.0
    assert tiles("lost", "strip", np.array([np.nan])).limits == (0.0, 0.0)


def test_an_answer_is_a_copy_that_training_leaves_alone(spiral: Session) -> None:
    found = drawn(spiral).by_node["hidden_1"]
    before = found.values.copy()
    spiral.network.weights.flat[...] += 1.0
    np.testing.assert_array_equal(found.values, before)
    again: Thumbnail = drawn(spiral).by_node["hidden_1"]
    spiral.network.weights.flat[...] -= 1.0
    assert not np.array_equal(again.values, before)


def test_nodes_that_nothing_is_computed_for_are_left_out(spiral: Session) -> None:
    assert drawn(spiral, nodes=("nobody", "input")).by_node.keys() == {"input"}


def wide(document: Document, units: int) -> Document:
    return edits.set_params(document, "hidden_1", {"units": units})
