"""What an earlier run had that the present document has not."""
from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from core.graph import edits
from core.graph.document import Document, Node
from core.io import examples
from core.train.contrast import differences, told
from core.train.past import Past
from core.train.series import EPOCHS


@pytest.fixture
def present() -> Document:
    return examples.load("digits-mlp")


def dense(doc: Document) -> str:
    return next(name for name, node in sorted(doc.nodes.items()) if node.kind == "dense")


def past(doc: Document, *rates: float) -> Past:
    rows = np.full((max(1, len(rates)), len(EPOCHS)), math.nan)
    rows[:, EPOCHS.index("learning_rate")] = rates or doc.training["learning_rate"]
    return Past(doc, rows)


def texts(there: Document, here: Document) -> list[str]:
    return [found.there for found in differences(there, here)]


def test_equal_documents_do_not_differ(present: Document) -> None:
    assert differences(present, present) == ()
    assert told(past(present), present) == ()


def test_names_places_and_notes_do_not_count(present: Document) -> None:
    moved = edits.move(present, {dense(present): (999.0, 5.0)})
    assert differences(edits.rename(moved, dense(present), "Something else"), present) == ()


@pytest.mark.parametrize(("values", "text"), [
    ({"seed": 2}, "seed 2"),
    ({"batch_size": 7}, "batch size 7"),
    ({"batch_size": 0}, "batch size all"),
    ({"optimizer": "rmsprop"}, "optimizer RMSprop"),
    ({"l2": 0.01}, "L2 0.01"),
    ({"schedule": "cosine"}, "schedule Cosine"),
])
def test_settings_of_the_training_are_named_as_the_window_names_them(
        present: Document, values: dict[str, Any], text: str) -> None:
    assert texts(edits.set_training(present, values), present) == [text]


def test_a_parameter_of_an_optimizer_names_both(present: Document) -> None:
    adam, other = (edits.set_training(present, {"optimizer": {"kind": "adam", "params": {"beta1": beta}}})
                   for beta in (0.9, 0.5))
    (found,) = differences(other, adam)
    assert found.there.startswith("Adam: ")
    assert found.there.endswith("0.5")
    assert found.here.endswith("0.9")


def test_a_layer_is_called_by_its_title(present: Document) -> None:
    named = edits.rename(present, dense(present), "Hidden")
    assert texts(edits.set_params(named, dense(named), {"units": 8}), named) == ["Hidden: 8 units"]


def test_of_layers_of_the_same_title_each_has_its_number_from_left_to_right(present: Document) -> None:
    doc = present
    names = [name for name, node in doc.nodes.items() if node.kind == "dense"]
    for name in names:
        doc = edits.rename(doc, name, "Layer")
    names.sort(key=lambda name: doc.nodes[name].position)
    assert texts(edits.set_params(doc, names[1], {"units": 33}), doc) == ["Layer 2: 33 units"]


def test_a_layer_that_only_one_of_them_has(present: Document) -> None:
    wire = next(edge for edge in sorted(present.edges) if edge.target == dense(present))
    doc = edits.add_node(present, Node("drop", "tanh"))
    doc = edits.connect(doc, replace(wire, target="drop"))
    doc = edits.connect(doc, replace(wire, source="drop"))
    assert texts(present, doc) == ["without Tanh"]
    assert texts(doc, present) == ["with Tanh"]


def test_a_layer_that_leads_nowhere_does_not_count(present: Document) -> None:
    assert differences(edits.add_node(present, Node("drop", "dropout")), present) == ()


def test_a_layer_that_was_put_back_under_another_name_is_the_same(present: Document) -> None:
    name = dense(present)
    node = present.nodes[name]
    others = {key: value for key, value in present.nodes.items() if key != name}
    edges = frozenset(replace(e, source="again" if e.source == name else e.source,
                              target="again" if e.target == name else e.target) for e in present.edges)
    doc = replace(present, nodes=MappingProxyType({**others, "again": replace(node, id="again")}), edges=edges)
    assert texts(doc, present) == ["other wires"]


def test_frozen_layers_and_other_kinds_are_told(present: Document) -> None:
    name = dense(present)
    called = texts(edits.freeze(present, name, True), present)
    assert len(called) == 1
    assert called[0].endswith(": frozen")
    act = next(node for node in present.nodes.values() if node.kind in ("relu", "tanh", "sigmoid"))
    other = "tanh" if act.kind != "tanh" else "relu"
    doc = replace(present, nodes=MappingProxyType({**present.nodes, act.id: Node(act.id, other)}))
    assert texts(doc, present) == [{"tanh": "Tanh", "relu": "ReLU"}[other]]


def test_data_are_told_last(present: Document) -> None:
    doc = edits.set_data(edits.set_training(present, {"seed": 3}), {"seed": 9})
    assert texts(doc, present) == ["seed 3", "data seed 9"]
    assert texts(edits.set_data(present, {"source": "iris"}), present) == ["data set Iris"]


def test_settings_that_change_no_number_do_not_count(present: Document) -> None:
    assert differences(edits.set_training(present, {"epochs": 7, "early_stopping": 3}), present) == ()


def test_the_learning_rate_of_a_run_is_the_one_that_it_ended_with(present: Document) -> None:
    doc = edits.set_training(present, {"learning_rate": 0.03, "schedule": "constant"})
    stale = edits.set_training(doc, {"learning_rate": 0.5})
    assert [d.there for d in told(past(stale, 0.1, 0.1), doc)] == ["learning rate 0.1"]
    assert [d.here for d in told(past(stale, 0.1, 0.1), doc)] == ["learning rate 0.03"]
    assert told(past(stale, 0.03), doc) == ()


def test_a_learning_rate_that_was_changed_on_the_way_is_told_from_first_to_last(present: Document) -> None:
    doc = edits.set_training(present, {"learning_rate": 0.03, "schedule": "constant"})
    assert [d.there for d in told(past(doc, 0.1, 0.1, 0.03), doc)] == ["learning rate 0.1 → 0.03"]


def test_what_a_schedule_makes_of_the_rate_is_no_difference(present: Document) -> None:
    doc = edits.set_training(present, {"schedule": "cosine"})
    assert told(past(doc, 0.1, 0.05, 0.001), doc) == ()
