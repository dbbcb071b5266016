"""Sums of the rarer convolutions, against the weights asked directly and against differences."""
from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from core.train.probes import answer
from core.train.probes.neuron import Neuron, Sum
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

STEP = 1e-6
PICTURES: list[tuple[str, dict[str, Any]]] = [
    ("conv2d", {"filters": 4, "dilation": [2], "padding": "same", "stride": [2]}),
    ("depthwise_conv2d", {"multiplier": 2, "padding": "same", "stride": [2]}),
    ("depthwise_conv2d", {"multiplier": 2, "kernel_size": [3, 2], "bias": False}),
    ("conv2d_transpose", {"filters": 4, "stride": [2]}),
    ("conv2d_transpose", {"filters": 4, "kernel_size": [2, 3], "stride": [3, 1]}),
    ("conv2d_transpose", {"filters": 4, "kernel_size": [4], "stride": [2], "padding": "same", "bias": False}),
    ("separable_conv2d", {"filters": 4, "multiplier": 2, "padding": "same"}),
]
SERIES: list[tuple[str, dict[str, Any]]] = [
    ("conv1d", {"filters": 4, "padding": "causal", "dilation": 2}),
    ("depthwise_conv1d", {"multiplier": 3, "stride": 2, "dilation": 2}),
    ("conv1d_transpose", {"filters": 4, "kernel_size": 4, "stride": 3}),
    ("conv1d_transpose", {"filters": 4, "stride": 2, "padding": "same"}),
    ("separable_conv1d", {"filters": 4, "padding": "same", "bias": False}),
]
CASES = [*(((4, 4, 2), *case) for case in PICTURES), *(((8, 4), *case) for case in SERIES)]


def made(shape: tuple[int, ...], kind: str, params: Mapping[str, Any]) -> Session:
    doc = chain(dense(32), ("reshape", {"target": list(shape)}), (kind, params), "flatten", dense(1), source="moons")
    session, rng = Session(doc, dtype=np.float64), np.random.default_rng(5)
    for unit in session.network.units:
        for array in session.network.weights[unit.id].values():
            array[...] = rng.normal(size=array.shape)
    return session


def ask(session: Session, node: str, number: int, step: int = -1) -> tuple[Neuron, Sum]:
    found = answer(session, Request.of("neuron", node=node, number=number, step=step))
    assert isinstance(found, Neuron)
    assert found.sum is not None
    return found, found.sum


def loss(session: Session) -> float:
    one = session.parts.train.take(np.array([0]))
    return float(session.network.evaluate(one, session.network.targets(one.y))[0])


def measured(session: Session, array: Any, index: tuple[int, ...]) -> float:
    was, found = array[index], []
    for step in (STEP, -STEP):
        array[index] = was + step
        found.append(loss(session))
    array[index] = was
    return (found[0] - found[1]) / (2 * STEP)


@pytest.mark.parametrize(("shape", "kind", "params"), CASES)
@pytest.mark.parametrize("number", [0, 3])
def test_the_products_and_the_bias_give_what_the_layer_computes(
        shape: tuple[int, ...], kind: str, params: dict[str, Any], number: int) -> None:
    session = made(shape, kind, params)
    found, added = ask(session, kind, number)
    answers = session.network.predict(session.parts.train.x[:1], kind)[0, ..., number]
    assert found.z == answers.max()
    total = math.fsum(term.product for term in added.terms) + added.rest + (added.bias or 0.0)
    assert total == pytest.approx(found.z, rel=1e-9)
    assert (added.bias is None) == (params.get("bias") is False)
    assert added.patch is not None
    assert added.kernel is not None
    assert added.patch.shape == added.kernel.shape
    assert float((added.patch * added.kernel).sum()) + (added.bias or 0.0) == pytest.approx(found.z, rel=1e-9)


@pytest.mark.parametrize(("kind", "params"), SERIES)
def test_along_a_series_any_step_can_be_looked_at(kind: str, params: dict[str, Any]) -> None:
    session = made((8, 4), kind, params)
    answers = session.network.predict(session.parts.train.x[:1], kind)[0, :, 2]
    for step, value in enumerate(answers):
        found, added = ask(session, kind, 2, step)
        assert (found.step, found.steps, found.place) == (step, len(answers), (step,))
        assert found.z == value
        total = math.fsum(term.product for term in added.terms) + added.rest + (added.bias or 0.0)
        assert total == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(("shape", "kind", "params"), CASES)
def test_the_gradients_of_the_weights_agree_with_differences(
        shape: tuple[int, ...], kind: str, params: dict[str, Any]) -> None:
    session, number = made(shape, kind, params), 3
    _, added = ask(session, kind, number)
    weights = session.network.weights[kind]
    array = weights["pointwise"] if kind.startswith("separable") else weights["W"]
    if kind.startswith("depthwise"):
        channel, which = divmod(number, array.shape[-1])
        own: tuple[Any, ...] = (..., channel, which)
    else:
        own = (..., number)
    flat = np.arange(array.size).reshape(array.shape)[own].reshape(-1)
    by_weight = {float(array.reshape(-1)[place]): int(place) for place in flat}
    for term in added.terms[:6]:
        index = tuple(int(axis) for axis in np.unravel_index(by_weight[term.weight], array.shape))
        assert term.slope == pytest.approx(measured(session, array, index), rel=1e-4, abs=1e-6)
    if added.bias is not None:
        assert added.bias_slope == pytest.approx(measured(session, weights["b"], (number,)), rel=1e-4, abs=1e-6)


def test_of_a_transposed_convolution_only_inputs_count_that_lay_something_down_there() -> None:
    # Stride 2 and a filter of 3: at an odd row and column one place of the filter lies, at an even one two of them.
    session = made((4, 4, 2), "conv2d_transpose", {"filters": 4, "stride": [2]})
    found, added = ask(session, "conv2d_transpose", 0)
    row, column = found.place
    ways = [1 if at % 2 else (2 if 0 < at < 8 else 1) for at in (row, column)]
    assert len(added.terms) == 2 * math.prod(ways)


def test_a_depthwise_filter_sees_one_channel() -> None:
    session = made((4, 4, 2), "depthwise_conv2d", {"multiplier": 2, "padding": "same"})
    _, added = ask(session, "depthwise_conv2d", 3)
    assert added.kernel is not None
    np.testing.assert_array_equal(added.kernel[..., 0], session.network.weights["depthwise_conv2d"]["W"][..., 1, 1])
