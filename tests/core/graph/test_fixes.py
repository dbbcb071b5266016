"""One-click fixes: each is tried on a document that has the problem."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core.errors import Problem
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, Edge, Node
from core.graph.fixes import Fix, fixes
from core.params import Kind
from tests.core._build import chain, dense, xor
from tests.core.graph.test_check import CASES

# What no single edit can mend: files, and numbers that depend on each other.
BEYOND = {"data.columns"}
IRIS: dict[str, Any] = {"source": "iris"}
DIGITS: dict[str, Any] = {"source": "digits"}
PICTURES = Kind("mnist", {"flatten": False})
IMAGE = ("reshape", {"target": [8, 8, 1]})


def problem_of(doc: Document, code: str) -> Problem:
    return next(p for p in check(doc).problems if p.code == code)


def offers(doc: Document, code: str) -> list[Fix]:
    return fixes(doc, check(doc), problem_of(doc, code))


def joined(kind: str, params: Mapping[str, Any], *branches: tuple[tuple[str, Mapping[str, Any]], ...],
           **settings: Any) -> Document:
    """Input, two branches of layers, and a layer with two inputs behind them, then Flatten and Dense."""
    doc = chain(**settings)
    doc = edits.disconnect(doc, doc.edges)
    doc = edits.add_node(doc, Node("joined", kind, params))
    for branch, port in zip(branches, ("a", "b"), strict=True):
        before = "input"
        for step, values in branch:
            name = edits.fresh_id(doc, step)
            doc = edits.connect(edits.add_node(doc, Node(name, step, values)), Edge(before, name))
            before = name
        doc = edits.connect(doc, Edge(before, "joined", port))
    doc = edits.add_node(edits.add_node(doc, Node("row", "flatten")), Node("last", "dense", {"units": 1}))
    for edge in (Edge("joined", "row"), Edge("row", "last"), Edge("last", "output")):
        doc = edits.connect(doc, edge)
    return doc


@pytest.mark.parametrize("code", [code for code in CASES if code not in BEYOND])
def test_every_problem_that_one_edit_can_mend_is_mended(code: str) -> None:
    doc = CASES[code]
    before = check(doc).problems
    found = offers(doc, code)
    assert found
    for fix in found:
        after = check(fix.apply(doc)).problems
        assert problem_of(doc, code) not in after
        assert sum(p.blocks for p in after) <= sum(p.blocks for p in before)
    assert len(check(found[0].apply(doc)).problems) == 0 or code in ("graph.cycle", "edge.source")


@pytest.mark.parametrize("code", [*CASES])
def test_what_is_offered_is_an_order_and_leaves_the_document_alone(code: str) -> None:
    doc = CASES[code]
    for fix in offers(doc, code):
        assert fix.label[0].isupper()
        assert not fix.label.endswith(".")
        assert fix.apply(doc) is not doc
    assert doc is CASES[code]


def test_a_problem_that_nobody_can_mend_gets_no_offers() -> None:
    assert all(offers(CASES[code], code) == [] for code in BEYOND)
    assert fixes(xor(), check(xor()), Problem("no.such", "Nobody knows.")) == []


MENDED: dict[str, tuple[Document, str, str]] = {
    "images before a Dense end": (
        chain(IMAGE, ("conv2d", {"filters": 2}), loss="sparse_categorical_crossentropy", **DIGITS),
        "output.width", "Insert Flatten and Dense with 10 units"),
    "too few units before softmax": (
        chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", **DIGITS),
        "output.width", "Set Dense to 10 units"),
    "no Dense at all": (
        chain("softmax", loss="sparse_categorical_crossentropy", **DIGITS),
        "output.width", "Insert Dense with 10 units"),
    "an autoencoder without its shape": (
        chain("flatten", dense(784), source=PICTURES, rule="autoencoder"), "output.width",
        "Insert Reshape to (28, 28, 1)"),
    "an autoencoder that gives fewer numbers": (
        chain("flatten", dense(30), source=PICTURES, rule="autoencoder"), "output.width",
        "Insert Dense with 784 units and Reshape to (28, 28, 1)"),
    "a convolution of a row": (
        chain(("conv2d", {"filters": 2}), "flatten", dense(10), "softmax", loss="sparse_categorical_crossentropy",
              source="digits"), "shape.rank", "Insert Reshape to (8, 8, 1)"),
    "a recurrent layer over a row": (
        chain(("gru", {"units": 2}), dense(3), "softmax", loss="sparse_categorical_crossentropy", **IRIS),
        "shape.rank", "Insert Reshape to (4, 1)"),
    "a recurrent layer over an image": (
        chain(IMAGE, ("gru", {"units": 2}), dense(10), "softmax", loss="sparse_categorical_crossentropy", **DIGITS),
        "shape.rank", "Insert Reshape to (64, 1)"),
    "a sum of rows": (
        joined("add", {}, (dense(4),), (dense(6),)), "shape.differ", "Insert Dense with 6 units at a"),
    "a sum of row and column": (
        joined("add", {}, (dense(4),), (dense(4), ("reshape", {"target": [4, 1]}))), "shape.differ",
        "Insert Reshape to (4, 1) at a"),
    "a join of row and column": (
        joined("concatenate", {}, (dense(4),), (dense(4), ("reshape", {"target": [2, 2]}))), "shape.differ",
        "Insert Flatten"),
    "a product of columns": (
        joined("dot", {}, *[(dense(4), ("reshape", {"target": [2, 2]}))] * 2), "shape.rank",
        "Insert 2 Flatten layers"),
    "a join along an axis that is not there": (
        joined("concatenate", {"axis": 3}, (dense(4),), (dense(4),)), "shape.axis", "Use the last axis"),
    "a shape of another size": (
        chain(dense(6), ("reshape", {"target": [4, 2]}), "flatten", dense(1)), "shape.size",
        "Set the target to (3, 2)"),
    "a window larger than the image": (
        chain(("reshape", {"target": [2, 1]}), ("conv1d", {"filters": 1, "kernel_size": 5}), "flatten", dense(1)),
        "shape.window", "Set the padding to same"),
    "a pool larger than the image": (
        chain(("reshape", {"target": [1, 2, 1]}), ("max_pool2d", {"pool_size": [2, 2]}), "flatten", dense(1)),
        "shape.window", "Shrink the window to (1, 2)"),
    "groups that do not divide": (
        chain(dense(6), ("group_norm", {"groups": 4}), dense(1)), "shape.groups", "Set groups to 3"),
    "heads that do not divide": (
        chain(dense(6), ("reshape", {"target": [1, 6]}), ("multi_head_attention", {"num_heads": 4}), "flatten",
              dense(1)), "shape.heads", "Set heads to 3"),
    "an order of other axes": (
        chain(dense(6), ("reshape", {"target": [2, 3]}), ("permute", {"dims": [1, 2, 3]}), "flatten", dense(1)),
        "shape.axes", "Reverse the axes"),
    "classes where numbers are wanted": (
        chain(dense(4), loss="sparse_categorical_crossentropy", rule="autoencoder", **IRIS), "loss.task",
        "Choose Mean squared error"),
    "class weights that are too many": (
        chain(dense(1), "sigmoid", loss=Kind("binary_crossentropy", {"class_weights": (1.0, 2.0, 3.0)})),
        "loss.class_weights", "Weigh all classes alike"),
    "softmax behind dropout": (
        chain(dense(3), "softmax", "dropout", loss="sparse_categorical_crossentropy", **IRIS), "loss.activation",
        "Delete Dropout"),
    "a perceptron of two layers": (
        chain(dense(2), dense(1), "step", rule="perceptron"), "rule.perceptron", "Train by gradient descent"),
    "adversaries without a generator": (
        chain(dense(1), "sigmoid", loss="binary_crossentropy", rule="adversarial"), "rule.adversarial",
        "Train by gradient descent"),
    "watching what is not held back": (
        chain(dense(1), "sigmoid", monitor="validation_loss", early_stopping=3), "training.monitor",
        "Hold back 20 % for validation"),
    "a setting out of its range": (
        replace(xor(), training={**xor().training, "batch_size": -3}), "param.value", "Reset batch size"),
}


@pytest.mark.parametrize(("doc", "code", "label"), MENDED.values(), ids=MENDED)
def test_the_fix_that_a_teacher_would_give_is_offered_and_works(doc: Document, code: str, label: str) -> None:
    found = {fix.label: fix for fix in offers(doc, code)}
    assert label in found
    left = check(found[label].apply(doc)).problems
    assert problem_of(doc, code) not in left
    assert not [p for p in left if p.blocks and p.code not in ("output.width",)]


def test_an_open_input_is_offered_what_feeds_nobody_yet() -> None:
    doc = edits.disconnect(xor(), [Edge("dense", "sigmoid")])
    assert offers(doc, "port.open")[0].label == "Connect Dense"


def test_an_output_that_is_added_is_wired_and_fits_the_data() -> None:
    doc = edits.remove_nodes(chain(dense(3), "softmax", **IRIS), ["output"])
    mended = offers(doc, "graph.output")[0].apply(doc)
    assert mended.nodes["output"].params["loss"].kind == "sparse_categorical_crossentropy"
    assert check(mended).ok


def test_an_input_that_is_added_feeds_the_layer_that_waits() -> None:
    doc = edits.remove_nodes(xor(), ["input"])
    mended = offers(doc, "graph.input")[0].apply(doc)
    assert mended.sources("dense") == {"x": "input"}


def test_even_an_empty_canvas_gets_its_ends() -> None:
    doc = edits.empty()
    for code in ("graph.input", "graph.output"):
        doc = offers(doc, code)[0].apply(doc)
    assert sorted(doc.nodes) == ["input", "output"]
    first, last = doc.nodes["input"].position, doc.nodes["output"].position
    assert first[0] + 168 <= last[0]


def test_what_is_inserted_stands_free_and_pushes_what_follows() -> None:
    doc = chain(IMAGE, ("conv2d", {"filters": 2}), loss="sparse_categorical_crossentropy", **DIGITS)
    doc = edits.move(doc, {name: (224.0 * i, 0.0) for i, name in enumerate(("input", "reshape", "conv2d", "output"))})
    mended = next(f for f in offers(doc, "output.width") if f.label.startswith("Insert")).apply(doc)
    row = sorted(node.position for node in mended.nodes.values())
    assert row == [(224.0 * i, 0.0) for i in range(6)]
    assert mended.nodes["output"].position == (1120.0, 0.0)


def test_what_is_inserted_where_there_is_room_moves_nobody() -> None:
    doc = chain("softmax", loss="sparse_categorical_crossentropy", **DIGITS)
    doc = edits.move(doc, {"input": (0.0, 0.0), "softmax": (600.0, 0.0), "output": (824.0, 0.0)})
    mended = offers(doc, "output.width")[0].apply(doc)
    assert mended.nodes["softmax"].position == (600.0, 0.0)
    assert mended.nodes["dense"].position == (224.0, 0.0)
    assert mended.sources("softmax") == {"x": "dense"}


def loose(*kinds: str) -> Document:
    """Layers from left to right without any wires."""
    doc = edits.empty()
    for place, kind in enumerate(kinds):
        doc = edits.add_node(doc, Node(kind, kind, position=(224.0 * place, 0.0)))
    return doc


def test_layers_that_were_only_dragged_are_wired_from_left_to_right_by_one_fix() -> None:
    doc = loose("input", "dense", "sigmoid", "output")
    first = offers(doc, "port.open")[0]
    assert first.label == "Connect all from left to right"
    assert first.apply(doc).edges == {Edge("input", "dense"), Edge("dense", "sigmoid"), Edge("sigmoid", "output")}


@pytest.mark.parametrize("kinds", [("input", "output"), ("dense", "input", "output"), ("input", "add", "output"),
                                   ("input", "output", "dense")])
def test_what_is_no_row_is_not_wired_as_one(kinds: tuple[str, ...]) -> None:
    labels = [fix.label for fix in offers(loose(*kinds), "port.open")]
    assert "Connect all from left to right" not in labels


def test_while_there_is_no_output_an_open_input_is_a_problem_of_its_node() -> None:
    doc = loose("input", "dense")
    assert [p.node for p in check(doc).problems if p.code == "port.open"] == ["dense"]
    assert [fix.label for fix in offers(doc, "port.open")] == ["Connect Input"]
