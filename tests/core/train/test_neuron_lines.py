"""The weights as lines are drawn from them, and setting one by hand."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.errors import ParamError
from core.train.probes import NotApplicable, answer
from core.train.probes.neurons import Lines
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense


def lines(session: Session, node: str) -> Lines | NotApplicable:
    return answer(session, Request.of("neurons", node=node))  # type: ignore[no-any-return]


def session() -> Session:
    return Session(chain(dense(3), "tanh", dense(1)))


def test_lines_are_the_weights_of_the_node_and_its_biases() -> None:
    made = session()
    found = lines(made, "dense")
    assert isinstance(found, Lines)
    assert np.array_equal(np.float32(found.weights), made.network.weights["dense"]["W"])
    assert found.biases == [0.0, 0.0, 0.0]


def test_a_layer_without_a_bias_has_none() -> None:
    found = lines(Session(chain(dense(1, bias=False))), "dense")
    assert isinstance(found, Lines)
    assert found.biases == []


def test_of_a_large_layer_only_the_first_and_last_neurons_have_lines() -> None:
    made = Session(chain(dense(100), dense(1)))
    found = lines(made, "dense")
    W = made.network.weights["dense"]["W"]
    assert isinstance(found, Lines)
    assert np.array_equal(np.float32(found.weights), np.hstack([W[:, :8], W[:, -8:]]))
    assert len(found.biases) == 16


def test_first_weights_are_at_most_half_as_large_as_the_scale_and_a_huge_one_does_not_rule_it() -> None:
    made = Session(chain(dense(20), dense(20), dense(1)))
    found = lines(made, "dense_2")
    assert isinstance(found, Lines)
    assert max(abs(w) for row in found.weights for w in row) <= found.scale / 2
    made.network.weights.put("dense_2", "W", (0, 0), 1e6)
    wild = lines(made, "dense_2")
    assert isinstance(wild, Lines)
    assert wild.scale == found.scale


def test_weights_that_are_no_numbers_leave_the_scale_finite() -> None:
    made = session()
    made.network.weights["dense"]["W"][:] = np.nan
    found = lines(made, "dense")
    assert isinstance(found, Lines)
    assert math.isfinite(found.scale)
    assert found.scale > 0


@pytest.mark.parametrize("node", ["tanh", "input", "nobody"])
def test_a_node_without_a_matrix_of_weights_has_no_lines(node: str) -> None:
    assert isinstance(lines(session(), node), NotApplicable)


def test_a_weight_that_is_put_is_what_the_network_computes_with() -> None:
    made = session()
    x = np.float32([[1.0, 0.0]])
    was = float(made.network.weights["dense"]["W"][0, 2])
    assert made.network.weights.put("dense", "W", (0, 2), 0.75) == was
    assert made.network.predict(x, "dense")[0, 2] == np.float32(0.75)


@pytest.mark.parametrize("value", [math.nan, math.inf, 1e39])
def test_what_no_weight_can_be_is_refused_and_changes_nothing(value: float) -> None:
    made = session()
    before = made.network.weights.flat.copy()
    with pytest.raises(ParamError, match="A weight cannot be"):
        made.network.weights.put("dense", "W", (0, 0), value)
    assert np.array_equal(made.network.weights.flat, before)


@pytest.mark.parametrize(("node", "name", "index"), [
    ("nobody", "W", (0, 0)), ("dense", "V", (0, 0)), ("dense", "W", (2, 0)), ("dense", "W", (0, -1)),
    ("dense", "b", (0, 0))])
def test_a_weight_that_is_not_there_cannot_be_put(node: str, name: str, index: tuple[int, ...]) -> None:
    made = session()
    before = made.network.weights.flat.copy()
    assert made.network.weights.put(node, name, index, 1.0) is None
    assert np.array_equal(made.network.weights.flat, before)
