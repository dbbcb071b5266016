"""Normalised and looked-up numbers, against formulas written out here and against differences."""
from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from core.graph.document import Document
from core.io import examples
from core.train.probes import answer
from core.train.probes.neuron import Inside, Neuron
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

STEP = 1e-6
NORMS: list[tuple[str, dict[str, Any], tuple[int, ...]]] = [
    ("batch_norm", {}, (2, 3, 4)), ("batch_norm", {"epsilon": 0.1}, (24,)), ("layer_norm", {}, (24,)),
    ("layer_norm", {"epsilon": 0.1}, (6, 4)), ("group_norm", {"groups": 2}, (2, 3, 4)),
    ("group_norm", {"groups": 4}, (24,)), ("rms_norm", {}, (24,)), ("rms_norm", {"epsilon": 0.1}, (6, 4))]


def normed(kind: str, params: dict[str, Any], shape: tuple[int, ...], **more: Any) -> Session:
    flat: tuple[Any, ...] = () if len(shape) == 1 else ("flatten",)
    doc = chain(dense(24), ("reshape", {"target": list(shape)}), (kind, params), *flat, dense(1), source="moons",
                **more)
    return stirred(doc, kind)


def stirred(doc: Document, node: str) -> Session:
    """A session with weights and means that are not those of the start."""
    session, rng = Session(doc, dtype=np.float64), np.random.default_rng(2)
    for unit in session.network.units:
        for array in session.network.weights[unit.id].values():
            array[...] = rng.normal(size=array.shape)
    for name, array in session.network.state[node].items() if node in session.network.state else ():
        array[...] = rng.uniform(0.5, 2.0, size=array.shape) if name == "variance" else rng.normal(size=array.shape)
    return session


def ask(session: Session, node: str, number: int, step: int = -1) -> tuple[Neuron, Inside]:
    found = answer(session, Request.of("neuron", node=node, number=number, step=step))
    assert isinstance(found, Neuron)
    assert found.inside is not None
    return found, found.inside


def named(lines: Any) -> dict[str, float]:
    return {line.name: line.value for line in lines}


def loss(session: Session, node: str, x: Any) -> float:
    """The loss of the first sample for another output x (1, ...) of the node before the last Dense layer."""
    last = session.network.weights["dense_2"]
    y = float(session.parts.train.y[0])
    return float(((x.reshape(-1) @ last["W"] + last["b"])[0] - y) ** 2)


def by_hand(session: Session, kind: str, params: dict[str, Any], x: Any) -> tuple[Any, Any, Any, Any]:
    """Mean, variance, normalised numbers and the output, all in the shape of x."""
    axes: tuple[int, ...] = (-1,)
    if kind == "batch_norm":
        state = session.network.state[kind]
        mean, variance = np.broadcast_to(state["mean"], x.shape), np.broadcast_to(state["variance"], x.shape)
    else:
        seen = x
        if kind == "group_norm":
            groups = params["groups"]
            seen = x.reshape(*x.shape[:-1], groups, -1)
            axes = (*range(x.ndim - 1), x.ndim)
        mean = np.zeros(x.shape) if kind == "rms_norm" else (
            np.broadcast_to(seen.mean(axis=axes, keepdims=True), seen.shape).reshape(x.shape))
        variance = np.broadcast_to(((seen - mean.reshape(seen.shape)) ** 2).mean(axis=axes, keepdims=True),
                                   seen.shape).reshape(x.shape)
    epsilon = params.get("epsilon", 1e-6 if kind == "rms_norm" else 1e-5)
    hat = (x - mean) / np.sqrt(variance + epsilon)
    weights = session.network.weights[kind]
    return mean, variance, hat, hat * weights["gamma"] + weights.get("beta", 0.0)


def of_network(session: Session, node: str) -> Any:
    return session.network.predict(session.parts.train.x[:1], node)[0]


@pytest.mark.parametrize(("kind", "params", "shape"), NORMS)
def test_mean_variance_and_the_normalised_number_are_those_of_the_formula(
        kind: str, params: dict[str, Any], shape: tuple[int, ...]) -> None:
    session = normed(kind, params, shape)
    x = of_network(session, "reshape")
    mean, variance, hat, y = by_hand(session, kind, params, x)
    for number in (0, shape[-1] - 1):
        found, inside = ask(session, kind, number)
        at, numbers = (*found.place, number), named(inside.forward)
        np.testing.assert_allclose(y, of_network(session, kind), rtol=1e-9, atol=1e-9)
        assert inside.value == found.z == pytest.approx(y[at], rel=1e-9)
        assert numbers["x̂"] == pytest.approx(hat[at], rel=1e-9)
        assert inside.forward[0].value == x[at]
        if kind == "rms_norm":
            assert numbers["mean of x²"] == pytest.approx(variance[at], rel=1e-9)
        else:
            assert numbers["mean"] == pytest.approx(mean[at], rel=1e-9)
            assert numbers["variance"] == pytest.approx(variance[at], rel=1e-9)
        terms = math.fsum(line.value for line in inside.forward if line.role == "term")
        assert terms == pytest.approx(y[at], rel=1e-9)


@pytest.mark.parametrize(("kind", "params", "shape"), NORMS)
def test_the_gradient_by_the_input_of_a_normalisation_agrees_with_a_difference(
        kind: str, params: dict[str, Any], shape: tuple[int, ...]) -> None:
    session = normed(kind, params, shape)
    x = of_network(session, "reshape")
    for number in (0, shape[-1] - 1):
        found, inside = ask(session, kind, number)
        losses = []
        for step in (STEP, -STEP):
            moved = x.copy()
            moved[(*found.place, number)] += step
            losses.append(loss(session, kind, by_hand(session, kind, params, moved)[3]))
        back = named(inside.back)
        assert back["dL/dx"] == pytest.approx((losses[0] - losses[1]) / (2 * STEP), rel=1e-4, abs=1e-6)
        assert back["dL/dx̂"] is not None
        for line in inside.back:
            if line.factors:
                assert line.value == pytest.approx(math.prod(line.factors), rel=1e-9)


@pytest.mark.parametrize(("kind", "params", "shape"), [case for case in NORMS if case[0] != "batch_norm"])
def test_the_gradients_of_scale_and_shift_agree_with_differences(
        kind: str, params: dict[str, Any], shape: tuple[int, ...]) -> None:
    session = normed(kind, params, shape)
    x, back = of_network(session, "reshape"), named(ask(session, kind, 1)[1].back)
    for name, sign in (("gamma", "γ"), ("beta", "β")):
        array, losses = session.network.weights[kind].get(name), []
        if array is None:
            assert f"dL/d{sign}" not in back
            continue
        for step in (STEP, -2 * STEP):
            array[1] += step
            losses.append(loss(session, kind, by_hand(session, kind, params, x)[3]))
        array[1] += STEP
        assert back[f"dL/d{sign}"] == pytest.approx((losses[0] - losses[1]) / (2 * STEP), rel=1e-4, abs=1e-6)


def test_a_frozen_normalisation_learns_nothing() -> None:
    _, inside = ask(normed("layer_norm", {}, (24,), frozen=("layer_norm",)), "layer_norm", 0)
    assert "dL/dγ" not in named(inside.back)
    assert "dL/dx" in named(inside.back)


def test_an_embedding_says_which_row_it_looked_up() -> None:
    session = Session(examples.load("brackets-lstm"), dtype=np.float64)
    words, W = session.parts.train.x[0], session.network.weights["embedding"]["W"]
    for step in (0, 5):
        found, inside = ask(session, "embedding", 3, step)
        word = int(words[step])
        padding = word == session.document.nodes["embedding"].params.get("padding_index", -1)
        assert found.place == (step,)
        assert inside.forward[0].name == "word"
        assert inside.forward[0].text == str(word)
        assert inside.value == (0.0 if padding else W[word, 3])


def test_the_gradient_of_a_row_is_that_of_all_places_of_its_word() -> None:
    session = Session(examples.load("brackets-lstm"), dtype=np.float64)
    words, W = session.parts.train.x[0], session.network.weights["embedding"]["W"]
    step = next(step for step, word in enumerate(words) if word and (words == word).sum() > 2)
    found, inside = ask(session, "embedding", 3, step)
    word, losses = int(words[step]), []
    one = session.parts.train.take(np.array([0]))
    for by in (STEP, -2 * STEP):
        W[word, 3] += by
        losses.append(float(session.network.evaluate(one, session.network.targets(one.y))[0]))
    W[word, 3] += STEP
    back = named(inside.back)
    assert back["dL/dW"] == pytest.approx((losses[0] - losses[1]) / (2 * STEP), rel=1e-4, abs=1e-9)
    assert back["from this place"] == found.behind.slope_z
    assert math.fsum(line.value for line in inside.back if line.role == "term") == pytest.approx(back["dL/dW"])


@pytest.mark.parametrize("kind", ["positional_encoding", "position_embedding"])
def test_what_is_added_for_the_place_is_told_beside_the_input(kind: str) -> None:
    doc = chain(dense(24), ("reshape", {"target": [6, 4]}), kind, "flatten", dense(1), source="moons")
    session = stirred(doc, kind)
    x, y = of_network(session, "reshape"), of_network(session, kind)
    for step in range(6):
        found, inside = ask(session, kind, 2, step)
        given, added, result = inside.forward
        assert given.value == x[step, 2]
        assert added.value == pytest.approx(y[step, 2] - x[step, 2])
        assert result.value == found.z == y[step, 2]
    if kind == "position_embedding":
        assert added.value == session.network.weights[kind]["W"][5, 2]
        assert named(inside.back)["dL/dW = dL/dy"] == found.behind.slope_z


def attending(params: dict[str, Any], *, cross: bool = False) -> Session:
    kind = "cross_attention" if cross else "multi_head_attention"
    doc = chain(dense(24), ("reshape", {"target": [6, 4]}), (kind, params), "flatten", dense(1), source="moons")
    if cross:
        from core.graph import edits
        from core.graph.document import Edge, Node

        # The sequence looks at another one, of twelve steps.
        doc = edits.add_node(doc, Node("memory", "reshape", {"target": [12, 2]}))
        doc = edits.connect(doc, Edge("dense", "memory"))
        doc = edits.connect(doc, Edge("memory", kind, port="memory"))
    session = stirred(doc, kind)
    if params.get("masked"):
        session.network.weights["dense"]["W"][:, :4] = 0.0
        session.network.weights["dense"]["b"][:4] = 0.0
    return session


def attention_by_hand(session: Session, kind: str, params: dict[str, Any], step: int, bump: Any = 0.0) -> Any:
    """Scores, attention (heads, steps) and the output of one step; `bump` is added to the attention."""
    weights, heads, x = session.network.weights[kind], params["num_heads"], of_network(session, "reshape")
    memory = of_network(session, "memory") if kind == "cross_attention" else x
    if kind == "cross_attention":
        q = x @ weights["W_query"] + weights["b_query"]
        k, v = np.split(memory @ weights["W_memory"] + weights["b_memory"], 2, axis=1)
    else:
        q, k, v = np.split(x @ weights["W_in"] + weights["b_in"], 3, axis=1)
    parts, all_scores, all_attention = [], [], []
    for head in range(heads):
        own = slice(head * q.shape[1] // heads, (head + 1) * q.shape[1] // heads)
        scores = k[:, own] @ q[step, own] / math.sqrt(q.shape[1] / heads)
        hidden = ~memory.any(axis=1) if params.get("masked") else np.zeros(len(memory), bool)
        hidden = hidden | (np.arange(len(memory)) > step if params.get("causal") else False)
        exps = np.where(hidden, 0.0, np.exp(scores))
        attention = exps / exps.sum() + (bump[head] if np.ndim(bump) else 0.0)
        parts.append(attention @ v[:, own])
        all_scores.append(scores)
        all_attention.append(attention)
    return np.array(all_scores), np.array(all_attention), np.concatenate(parts) @ weights["W_out"] + weights["b_out"]


def sections(lines: Any) -> list[tuple[str, dict[str, float]]]:
    found: list[tuple[str, dict[str, float]]] = []
    for line in lines:
        if line.role == "title":
            found.append((line.name, {}))
        else:
            found[-1][1][line.name] = line.value
    return found


ATTENTION = [({"num_heads": 2}, False), ({"num_heads": 2, "causal": True}, False),
             ({"num_heads": 1, "key_dim": 3}, False), ({"num_heads": 2, "masked": True}, False),
             ({"num_heads": 2}, True)]


@pytest.mark.parametrize(("params", "cross"), ATTENTION)
def test_scores_attention_and_what_is_gathered_are_those_of_the_formula(params: dict[str, Any], cross: bool) -> None:
    kind, session = "cross_attention" if cross else "multi_head_attention", attending(params, cross=cross)
    for step in (1, 4):
        scores, attention, y = attention_by_hand(session, kind, params, step)
        found, inside = ask(session, kind, 2, step)
        np.testing.assert_allclose(y, of_network(session, kind)[step], rtol=1e-9)
        assert inside.value == found.z == pytest.approx(y[2], rel=1e-9)
        (first, told), (_, looked), (_, shares), (_, heads) = sections(inside.forward)
        head = int(first.split()[1].rstrip(",")) - 1
        for name, value in told.items():
            assert value == pytest.approx(scores[head, int(name.split()[1]) - 1], rel=1e-9)
        for name, value in looked.items():
            assert value == pytest.approx(attention[head, int(name.split()[1]) - 1], rel=1e-9)
        assert min(looked.values()) >= np.sort(attention[head])[-len(looked)] - 1e-12
        whole = shares.pop(f"head {head + 1}")
        assert math.fsum(shares.values()) == pytest.approx(whole, rel=1e-9)
        assert heads[f"head {head + 1}"] == pytest.approx(whole, rel=1e-9)
        assert heads.pop("y") == pytest.approx(math.fsum(heads.values()), rel=1e-9)


@pytest.mark.parametrize(("params", "cross"), ATTENTION)
def test_the_gradients_by_attention_and_scores_agree_with_differences(params: dict[str, Any], cross: bool) -> None:
    kind, session, step = "cross_attention" if cross else "multi_head_attention", attending(params, cross=cross), 4
    _, inside = ask(session, kind, 2, step)
    (first, pulls), (_, slopes) = sections(inside.back)
    head, whole = int(first.split()[1].rstrip(",")) - 1, of_network(session, kind)
    _, attention, _ = attention_by_hand(session, kind, params, step)
    mean = pulls.pop("mean, weighted with A")
    if len(pulls) == attention.shape[1]:
        seen = [int(name.split()[1]) - 1 for name in pulls]
        assert mean == pytest.approx(math.fsum(attention[head, seen] * list(pulls.values())), rel=1e-6)
    for name, value in pulls.items():
        at, losses = int(name.split()[1]) - 1, []
        for by in (STEP, -STEP):
            bump = np.zeros(attention.shape)
            bump[head, at] = by
            moved = whole.copy()
            moved[step] = attention_by_hand(session, kind, params, step, bump)[2]
            losses.append(loss(session, kind, moved))
        assert value == pytest.approx((losses[0] - losses[1]) / (2 * STEP), rel=1e-4, abs=1e-6)
        assert slopes[name] == pytest.approx(attention[head, at] * (value - mean), rel=1e-9)


def test_padding_gathers_nothing() -> None:
    _, inside = ask(attending({"num_heads": 2, "masked": True}), "multi_head_attention", 0, 0)
    assert [line.name for line in inside.forward] == ["padding", "y"]
    assert inside.value == 0.0
