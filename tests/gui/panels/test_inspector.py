"""The inspector shows what is selected, and changes it."""
from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.layers import LAYERS
from core.train.events import Started
from gui.context import AppContext
from gui.forms.field_label import FieldLabel
from gui.forms.node_form import NodeForm
from gui.panels.inspector import InspectorPanel
from tests.gui.forms.test_editors import write


def chain(document: Document) -> Document:
    """Input, Dense, Sigmoid, Output in a row."""
    kinds = ("input", "dense", "sigmoid", "output")
    for kind in kinds:
        document = edits.add_node(document, Node(kind, kind))
    for source, target in pairwise(kinds):
        document = edits.connect(document, Edge(source, target))
    return edits.set_params(document, "dense", {"units": 1})


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> InspectorPanel:
    context.history.restart(chain(context.document))
    made = InspectorPanel(context)
    context.document_changed.connect(made.on_document)
    qtbot.addWidget(made)
    made.resize(300, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def node(panel: InspectorPanel) -> NodeForm:
    assert panel.node is not None
    return panel.node


def words(panel: InspectorPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def settle() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def test_nothing_selected_says_what_to_do_and_what_there_is(panel: InspectorPanel) -> None:
    settle()
    assert "Click a node on the canvas" in words(panel)
    assert panel.facts == {"Nodes": "4", "Wires": "3", "Parameters": "3", "Computing": "2 multiply-adds per sample"}


@pytest.mark.parametrize("kind", list(LAYERS))
def test_every_kind_of_layer_can_be_inspected(panel: InspectorPanel, context: AppContext, kind: str) -> None:
    context.edit("Add", lambda document: edits.add_node(document, Node("new", kind)))
    context.select(["new"])
    settle()
    assert node(panel).header.field.text() == LAYERS[kind].info.title
    shown = [label.text() for label in panel.findChildren(FieldLabel) if label.isVisible()]
    wanted = [param.title for param in LAYERS[kind].params.values() if not param.advanced]
    assert [text for text in shown if text not in ("Frozen", "Bypassed")] == wanted
    assert LAYERS[kind].info.summary in words(panel)


def test_what_is_known_about_a_node_is_shown(panel: InspectorPanel, context: AppContext,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context.trainer, "shapes", lambda: {"dense.W": (2, 1), "dense.b": (1,)})
    context.select(["dense"])
    panel.on_train(Started(1, 0, 0, 10, 1, 3))
    assert panel.facts == {"Output": "(1)", "Parameters": "3 = W 2×1 + b 1", "Input from": "Input",
                           "Computing": "100 %: 2 multiply-adds per sample", "Name in files": "dense"}
    context.select([])
    assert panel.facts["Parameters"] == "3"


def test_a_parameter_is_changed_in_the_document_and_follows_undo(panel: InspectorPanel, context: AppContext) -> None:
    context.select(["dense"])
    form = node(panel).form
    assert form is not None
    write(form.editor("units"), "8")
    assert context.document.nodes["dense"].params["units"] == 8
    assert panel.facts["Output"] == "(8)"
    # At once, though no run has made these weights yet.
    assert panel.facts["Parameters"] == "24"
    context.history.undo()
    assert form.editor("units").value() == 1
    assert node(panel).form is form


def test_a_title_is_edited_in_place_and_emptied_goes_back_to_the_kind(
        panel: InspectorPanel, context: AppContext) -> None:
    context.select(["dense"])
    field = node(panel).header.field
    for typed, stored, shown in (("Hidden", "Hidden", "Hidden"), ("", "", "Dense"), ("Dense", "", "Dense")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed) if typed else QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert (context.document.nodes["dense"].title, field.text()) == (stored, shown)
    context.history.undo()
    assert field.text() == "Hidden"


def test_freezing_is_one_undo_step_and_only_for_layers_with_weights(panel: InspectorPanel, context: AppContext) -> None:
    context.select(["dense"])
    switch = node(panel).frozen
    QTest.mouseClick(switch.field, Qt.MouseButton.LeftButton)
    assert context.document.nodes["dense"].frozen
    assert context.history.undo_label == "Freeze Dense"
    context.history.undo()
    assert switch.value() is False
    context.select(["sigmoid"])
    assert not node(panel).frozen.isVisible()


def test_bypassing_is_one_undo_step_and_only_for_layers_that_can_hand_on_their_input(panel: InspectorPanel,
                                                                                     context: AppContext) -> None:
    context.select(["sigmoid"])
    QTest.mouseClick(node(panel).bypassed.field, Qt.MouseButton.LeftButton)
    assert context.document.nodes["sigmoid"].bypassed
    assert context.history.undo_label == "Bypass Sigmoid"
    context.history.undo()
    assert not node(panel).bypassed.value()
    context.select(["output"])
    assert not node(panel).bypassed.isVisible()


def test_a_notice_offers_what_mends_its_problem(qtbot: QtBot, panel: InspectorPanel, context: AppContext) -> None:
    context.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 3}))
    context.select(["output"])
    qtbot.waitUntil(lambda: bool(node(panel).notices.buttons))
    first = node(panel).notices.buttons[0]
    assert first.text() == "Set Dense to 1 unit"
    first.click()
    assert context.document.nodes["dense"].params["units"] == 1
    assert context.history.undo_label == "Set Dense to 1 unit"
    assert node(panel).notices.buttons == []


def test_a_fix_that_is_out_of_date_is_done_for_the_present_document(qtbot: QtBot, panel: InspectorPanel,
                                                                    context: AppContext) -> None:
    context.edit("Widen", lambda d: edits.set_params(d, "dense", {"units": 3}))
    context.select(["output"])
    qtbot.waitUntil(lambda: bool(node(panel).notices.buttons))
    first = node(panel).notices.buttons[0]
    context.edit("Title", lambda d: edits.rename(d, "sigmoid", "Last"))
    first.click()
    assert context.document.nodes["sigmoid"].title == "Last"
    assert context.document.nodes["dense"].params["units"] == 1


def test_the_problems_of_the_node_are_shown_with_what_to_do(panel: InspectorPanel, context: AppContext) -> None:
    context.select(["sigmoid"])
    context.edit("Cut", lambda document: edits.disconnect(document, [Edge("dense", "sigmoid")]))
    settle()
    assert "its input is not connected." in words(panel)
    assert "Drag a wire from another node to it." in words(panel)
    context.history.undo()
    settle()
    assert "not connected" not in words(panel)


def test_several_selected_are_counted_and_named_and_one_can_be_chosen(
        panel: InspectorPanel, context: AppContext) -> None:
    context.edit("Rename", lambda document: edits.rename(document, "dense", "Hidden"))
    context.select(["dense", "sigmoid"])
    settle()
    assert "2 nodes selected" in words(panel)
    buttons = panel.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Hidden", "Sigmoid"]
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert context.selection == {"sigmoid"}
    assert node(panel).node_id == "sigmoid"


def test_text_that_was_not_committed_goes_to_the_node_where_it_was_typed(
        panel: InspectorPanel, context: AppContext) -> None:
    context.select(["dense"])
    form = node(panel).form
    assert form is not None
    write(form.editor("units"), "8", end=None)
    form.editor("units").field.clearFocus()
    context.select(["sigmoid"])
    assert context.document.nodes["dense"].params["units"] == 8


def test_a_node_that_is_removed_while_something_is_typed_leaves_no_trace(
        panel: InspectorPanel, context: AppContext) -> None:
    context.select(["dense"])
    form = node(panel).form
    assert form is not None
    write(form.editor("units"), "8", end=None)
    context.edit("Delete", lambda document: edits.remove_nodes(document, ["dense"]))
    settle()
    assert panel.node is None
    assert context.notify.notices == []
    assert context.history.undo_label == "Delete"


def test_a_kind_that_this_version_does_not_know_is_named(panel: InspectorPanel, context: AppContext) -> None:
    document = context.document
    nodes = MappingProxyType({**document.nodes, "x": Node("x", "from_the_future")})
    context.history.restart(replace(document, nodes=nodes))
    context.select(["x"])
    settle()
    assert "This version has no layer 'from_the_future'." in words(panel)
