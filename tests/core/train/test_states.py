"""The card of a recurrent layer shows its states over time, against recurrences that are written out here."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.graph.document import Document
from core.io import examples
from core.train.probes import answer
from core.train.probes._thumbnail import Thumbnail
from core.train.probes.thumbnails import Thumbnails
from core.train.references import SampleRef
from core.train.request import Request
from core.train.session import Session

OPTIONS: tuple[dict[str, Any], ...] = ({}, {"masked": True}, {"bidirectional": True},
                                       {"bidirectional": True, "masked": True})


def brackets(kind: str, **options: Any) -> Document:
    """The example with another recurrent layer of 5 units."""
    doc = examples.load("brackets-lstm")
    node = replace(doc.nodes["lstm"], kind=kind, params={"units": 5, **options})
    return replace(doc, nodes={**doc.nodes, "lstm": node})


def made(kind: str, **options: Any) -> Session:
    session, rng = Session(brackets(kind, **options)), np.random.default_rng(1)
    for array in session.network.weights["lstm"].values():
        array[...] = rng.normal(size=array.shape)
    return session


def states_of(session: Session, sample: SampleRef) -> Thumbnail:
    found = answer(session, Request.of("thumbnails", nodes=("lstm",), sample=sample))
    assert isinstance(found, Thumbnails)
    return found.by_node["lstm"]


def short(session: Session) -> SampleRef:
    """The sample with the most padding."""
    return SampleRef("train", int((session.parts.train.x == 0).sum(axis=1).argmax()))


def sigmoid(z: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-z))


def recurrence(kind: str, x: Any, W: Any, U: Any, b: Any, padding: Any) -> Any:
    """The state after every step of x (time, features)."""
    h = c = np.zeros(len(U))
    states = []
    for row, skip in zip(x, padding, strict=True):
        if not skip and kind == "lstm":
            i, f, g, o = np.split(row @ W + h @ U + b, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        elif not skip and kind == "gru":
            (z, r, n), (uz, ur, un) = np.split(row @ W + b[0], 3), np.split(h @ U + b[1], 3)
            z = sigmoid(z + uz)
            h = z * h + (1 - z) * np.tanh(n + sigmoid(r + ur) * un)
        elif not skip:
            h = np.tanh(row @ W + h @ U + b)
        states.append(h)
    return np.where(padding[:, None], np.nan, states)


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("kind", ["lstm", "gru", "simple_rnn"])
def test_the_states_are_those_of_the_recurrence_written_out(kind: str, options: dict[str, Any], every: bool) -> None:
    session = made(kind, **options)
    if every:
        # The same layer, whatever part of its states it hands on.
        weights = {name: array.copy() for name, array in session.network.weights["lstm"].items()}
        doc = brackets(kind, **options, return_sequences=True)
        doc = replace(doc, nodes={**doc.nodes, "decision": replace(doc.nodes["decision"], kind="flatten", params={})})
        session = Session(with_last(doc))
        for name, array in session.network.weights["lstm"].items():
            array[...] = weights[name]
    sample = short(session)
    row = session.parts.train.x[sample.number : sample.number + 1]
    x = session.network.predict(row, "embedding")[0].astype(float)
    held = {name: array.astype(float) for name, array in session.network.weights["lstm"].items()}
    padding = (x == 0).all(axis=1) if options.get("masked") else np.zeros(len(x), bool)
    wanted = recurrence(kind, x, held["W"], held["U"], held["b"], padding)
    if options.get("bidirectional"):
        behind = recurrence(kind, x[::-1], held["W_back"], held["U_back"], held["b_back"], padding[::-1])[::-1]
        wanted = np.concatenate([wanted, behind], axis=1)
    found = states_of(session, sample)
    assert found.look == "states"
    assert (found.steps, found.total, found.numbers) == (len(x), len(wanted[0]), tuple(range(len(wanted[0]))))
    assert np.isnan(found.values).any() == bool(options.get("masked"))
    np.testing.assert_allclose(found.values, wanted.T, rtol=1e-4, atol=1e-5)


def with_last(doc: Document) -> Document:
    """Give the flattened states a probability behind them."""
    dense = replace(doc.nodes["decision"], id="last", kind="dense", params={"units": 1})
    edges = tuple(replace(edge, source="last") if edge.source == "decision" else edge for edge in doc.edges)
    first = next(edge for edge in doc.edges if edge.source == "decision")
    return replace(doc, nodes={**doc.nodes, "last": dense},
                   edges=(*edges, replace(first, source="decision", target="last")))


@pytest.mark.parametrize("kind", ["lstm", "gru", "simple_rnn"])
def test_the_last_column_is_the_output_of_a_layer_that_gives_its_last_state(kind: str) -> None:
    session = made(kind)
    given = session.network.predict(session.parts.train.x[3:4], "lstm")[0]
    np.testing.assert_allclose(states_of(session, SampleRef("train", 3)).values[:, -1], given, rtol=1e-5, atol=1e-6)


def test_a_look_at_the_states_changes_no_weight_and_no_answer() -> None:
    session = made("lstm", masked=True)
    row = session.parts.train.x[:1]
    before, weights = session.network.predict(row).copy(), session.network.weights["lstm"]["W"].copy()
    states_of(session, SampleRef("train", 0))
    np.testing.assert_array_equal(session.network.predict(row), before)
    np.testing.assert_array_equal(session.network.weights["lstm"]["W"], weights)
