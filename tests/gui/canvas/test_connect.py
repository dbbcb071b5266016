"""Drawing wires with the mouse."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.graph import edits
from core.graph.document import Edge, Node
from gui.canvas.port_item import PortState
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

EMPTY = QPointF(80, 260)


def test_a_wire_is_drawn_from_an_output_to_an_input(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(view.output_scene_pos("sigmoid"), view.port_scene_pos("output", "x"))
    assert Edge("sigmoid", "output") in drawn.document.edges
    assert drawn.history.undo_label == "Connect Sigmoid to Output"
    drawn.history.undo()
    assert Edge("sigmoid", "output") not in view.canvas_scene.wires


def test_a_wire_can_be_drawn_backwards_from_an_open_input(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(view.port_scene_pos("output", "x"), view.output_scene_pos("sigmoid"))
    assert Edge("sigmoid", "output") in drawn.document.edges


def test_a_wire_snaps_to_a_port_within_reach(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    near = view.port_scene_pos("output", "x") + QPointF(-20, 12)
    hand.drag(view.output_scene_pos("sigmoid"), near)
    assert Edge("sigmoid", "output") in drawn.document.edges


def test_a_wire_that_is_let_go_over_a_card_ends_at_its_input(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(view.output_scene_pos("sigmoid"), view.node_item("output").card().center())
    assert Edge("sigmoid", "output") in drawn.document.edges


def test_while_a_wire_is_drawn_legal_ports_light_up_and_the_others_fade(drawn: AppContext, view: CanvasView,
                                                                        hand: Hand) -> None:
    hand.press(view.output_scene_pos("sigmoid"))
    hand.move(view.output_scene_pos("sigmoid") + QPointF(40, 40))
    states = {name: item.inputs["x"].state for name, item in view.canvas_scene.nodes.items() if item.inputs}
    assert states == {"dense": PortState.FADED, "sigmoid": PortState.FADED, "output": PortState.LEGAL}
    hand.release(EMPTY)
    ports = [port for item in view.canvas_scene.nodes.values() for port in item.ports]
    assert {port.state for port in ports} == {PortState.REST}


def test_ports_that_come_into_view_while_a_wire_is_drawn_light_up_too(drawn: AppContext, view: CanvasView,
                                                                      hand: Hand) -> None:
    drawn.edit("Add", lambda d: edits.add_node(d, Node("far", "relu", position=(4000, 0))))
    far = view.node_item("far").inputs["x"]
    hand.press(view.output_scene_pos("sigmoid"))
    hand.move(view.output_scene_pos("sigmoid") + QPointF(40, 40))
    assert far.state is PortState.REST
    view.centerOn(3900, 0)
    hand.move(QPointF(3800, 100))
    assert far.state is PortState.LEGAL
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert [port.state for port in view.node_item("far").ports] == [PortState.REST, PortState.REST]


def test_a_wire_that_closes_a_loop_is_refused_with_the_reason(drawn: AppContext, view: CanvasView,
                                                              hand: Hand) -> None:
    wire, end = Edge("sigmoid", "dense"), view.port_scene_pos("dense", "x")
    reason = edits.refusal(drawn.document, wire)
    assert reason is not None
    hand.press(view.output_scene_pos("sigmoid"))
    hand.move(EMPTY)
    assert view.reason == ""
    hand.move(end)
    assert view.reason == reason.message
    assert view.node_item("dense").inputs["x"].state is PortState.REFUSED
    hand.release(end)
    assert view.reason == ""
    assert wire not in drawn.document.edges
    assert drawn.notify.notices[-1].text == reason.message
    assert not drawn.history.can_undo


def test_a_wire_that_is_let_go_over_its_own_card_is_forgotten(drawn: AppContext, view: CanvasView,
                                                              hand: Hand) -> None:
    before, count = drawn.document, len(view.canvas_scene.items())
    hand.press(view.output_scene_pos("input"))
    hand.move(EMPTY)
    hand.move(view.node_item("input").card().center())
    hand.release(view.node_item("input").card().center())
    assert view.quick_add.picker is None
    assert drawn.document is before
    assert len(view.canvas_scene.items()) == count
    assert drawn.notify.notices == []


def test_a_new_wire_to_a_port_replaces_the_old_one(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(view.output_scene_pos("input"), view.port_scene_pos("sigmoid", "x"))
    assert drawn.document.edges == {Edge("input", "dense"), Edge("input", "sigmoid")}
    assert view.canvas_scene.wires.keys() == drawn.document.edges


def test_the_end_of_a_wire_can_be_moved_to_another_port(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(view.port_scene_pos("sigmoid", "x"), view.port_scene_pos("output", "x"))
    assert drawn.document.edges == {Edge("input", "dense"), Edge("dense", "output")}
    drawn.history.undo()
    assert drawn.document.edges == {Edge("input", "dense"), Edge("dense", "sigmoid")}


def test_the_end_of_a_wire_pulled_off_and_let_go_removes_the_wire(drawn: AppContext, view: CanvasView,
                                                                  hand: Hand) -> None:
    hand.drag(view.port_scene_pos("sigmoid", "x"), EMPTY)
    assert drawn.document.edges == {Edge("input", "dense")}
    assert drawn.history.undo_label == "Disconnect Dense from Sigmoid"


@pytest.mark.parametrize("end", ["same", "escape"])
def test_a_wire_that_is_put_back_or_given_up_stays(drawn: AppContext, view: CanvasView, hand: Hand, end: str) -> None:
    before, port = drawn.document, view.port_scene_pos("sigmoid", "x")
    hand.press(port)
    hand.move(EMPTY)
    assert not view.canvas_scene.wires[Edge("dense", "sigmoid")].isVisible()
    if end == "escape":
        QTest.keyClick(view, Qt.Key.Key_Escape)
        hand.release(EMPTY)
    else:
        hand.move(port)
        hand.release(port)
    assert drawn.document is before
    assert view.canvas_scene.wires[Edge("dense", "sigmoid")].isVisible()


def test_a_wire_whose_end_is_refused_elsewhere_stays_where_it_was(drawn: AppContext, view: CanvasView,
                                                                  hand: Hand) -> None:
    drawn.edit("Add", lambda d: edits.connect(edits.add_node(d, Node("relu", "relu", position=(0, 160))),
                                              Edge("relu", "dense")))
    before = drawn.document
    drawn.edit("Connect", lambda d: edits.connect(d, Edge("sigmoid", "output")))
    hand.drag(view.port_scene_pos("output", "x"), view.port_scene_pos("relu", "x"))
    assert drawn.document.edges == before.edges | {Edge("sigmoid", "output")}
    assert drawn.notify.notices[-1].level == "warning"


def test_a_click_on_a_port_selects_its_node(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(view.output_scene_pos("dense"))
    assert drawn.selection == {"dense"}
