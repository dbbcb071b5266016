"""Wires that nodes are put into and taken out of with the mouse."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest

from core.graph import edits
from core.graph.document import Edge
from gui.canvas import adding, geometry, wiring
from gui.canvas.port_item import PortState
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import Hand, chain, network

WIRE = Edge("dense", "sigmoid")
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def loose(context: AppContext, view: CanvasView) -> AppContext:
    """A row with room between Dense and Sigmoid, and a Dropout that is not wired."""
    context.history.restart(network(("input", "input", 0, 0), ("dense", "dense", 224, 0),
                                    ("sigmoid", "sigmoid", 760, 0), ("drop", "dropout", 448, 200),
                                    ("output", "output", 984, 0),
                                    wires=(("input", "dense"), ("dense", "sigmoid"), ("sigmoid", "output"))))
    QCoreApplication.processEvents()
    view.zoom_to(0.6)
    view.centerOn(500, 100)
    return context


def middle(view: CanvasView, edge: Edge) -> QPointF:
    return (view.canvas_scene.wires[edge].start + view.canvas_scene.wires[edge].end) / 2


def carry(hand: Hand, view: CanvasView, name: str, to: QPointF) -> None:
    """Take a card by its middle as far as `to`, and hold it there."""
    start = view.node_item(name).card().center()
    hand.press(start)
    for part in (0.3, 0.7, 1.0):
        hand.move(start + (to - start) * part)


def test_a_wire_stands_out_while_a_card_is_held_over_it(loose: AppContext, view: CanvasView, hand: Hand) -> None:
    carry(hand, view, "drop", middle(view, WIRE))
    ends = [view.node_item("dense").output, view.node_item("sigmoid").inputs["x"], *view.node_item("drop").ports]
    assert view.canvas_scene.wires[WIRE].live
    assert {port.state for port in ends} == {PortState.TARGET}
    hand.move(middle(view, WIRE) + QPointF(0, 160))
    assert not view.canvas_scene.wires[WIRE].live
    assert {port.state for port in ends} == {PortState.REST}
    hand.release(middle(view, WIRE) + QPointF(0, 160))
    assert WIRE in loose.document.edges


def test_a_card_let_go_over_a_wire_is_put_into_it_as_one_step(loose: AppContext, view: CanvasView,
                                                              hand: Hand) -> None:
    before = loose.document
    carry(hand, view, "drop", middle(view, WIRE))
    hand.release(middle(view, WIRE))
    assert {Edge("dense", "drop"), Edge("drop", "sigmoid")} <= loose.document.edges
    assert WIRE not in loose.document.edges
    assert loose.document.nodes["drop"].position[1] == 0
    assert loose.document.nodes["sigmoid"].position == (760, 0)
    assert loose.history.undo_label == "Insert Dropout"
    loose.history.undo()
    assert loose.document == before
    assert view.node_item("drop").pos() == QPointF(448, 200)


def test_escape_leaves_wire_and_card_as_they_were(loose: AppContext, view: CanvasView, hand: Hand) -> None:
    before = loose.document
    carry(hand, view, "drop", middle(view, WIRE))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(middle(view, WIRE))
    assert loose.document is before
    assert not view.canvas_scene.wires[WIRE].live


def test_a_node_that_is_wired_through_is_only_moved(loose: AppContext, view: CanvasView, hand: Hand) -> None:
    loose.edit("Connect", lambda d: edits.connect(edits.connect(d, Edge("input", "drop")), Edge("drop", "output")))
    edges = loose.document.edges
    carry(hand, view, "drop", middle(view, WIRE))
    assert not view.canvas_scene.wires[WIRE].live
    hand.release(middle(view, WIRE))
    assert loose.document.edges == edges
    assert loose.history.undo_label == "Move Dropout"


def test_several_cards_are_only_moved(loose: AppContext, view: CanvasView, hand: Hand) -> None:
    loose.edit("Add", lambda d: edits.add_node(d, network(("b", "relu", 448, 320)).nodes["b"]))
    view.choose(["drop", "b"])
    carry(hand, view, "drop", middle(view, WIRE))
    hand.release(middle(view, WIRE))
    assert WIRE in loose.document.edges


def test_what_would_be_covered_makes_room_and_the_rest_behind_it_too(drawn: AppContext, view: CanvasView,
                                                                     hand: Hand) -> None:
    drawn.edit("Add", lambda d: edits.add_node(d, network(("tanh", "tanh", 448, 200)).nodes["tanh"]))
    before = drawn.document
    carry(hand, view, "tanh", middle(view, WIRE))
    hand.release(middle(view, WIRE))
    cards = {name: item.card() for name, item in view.canvas_scene.nodes.items()}
    assert Edge("tanh", "sigmoid") in drawn.document.edges
    assert cards["tanh"].left() >= cards["dense"].right() + geometry.GAP
    assert cards["sigmoid"].left() >= cards["tanh"].right() + geometry.GAP
    assert drawn.document.nodes["output"].position == (224, 160)
    drawn.history.undo()
    assert drawn.document == before


def test_nodes_ahead_move_by_just_enough() -> None:
    def card(x: float) -> QRectF:
        return geometry.card_rect(x, 0)

    cards = {"a": card(0), "new": card(200), "b": card(300), "c": card(600), "far": card(-400)}
    where = wiring.room(cards, "new", "a", ["b", "c", "far"])
    shift = where["b"][0] - 300
    assert geometry.GAP <= where["b"][0] - (200 + geometry.WIDTH) < geometry.GAP + geometry.GRID
    assert where == {"new": (200, 0), "b": (300 + shift, 0), "c": (600 + shift, 0)}
    assert wiring.room(cards | {"b": card(900)}, "new", "a", ["b"]) == {"new": (200, 0)}


def hold(view: CanvasView, data: QMimeData, at: QPointF) -> None:
    for make in (QDragEnterEvent, QDragMoveEvent):
        QCoreApplication.sendEvent(view.viewport(), make(view.mapFromScene(at), COPY, data, LEFT, NONE))


def test_a_layer_dragged_out_of_the_palette_is_put_into_a_wire(loose: AppContext, view: CanvasView) -> None:
    before, data, at = loose.document, adding.mime_data("tanh"), middle(view, WIRE)
    hold(view, data, at)
    assert view.canvas_scene.wires[WIRE].live
    drop = QDropEvent(QPointF(view.mapFromScene(at)), COPY, data, LEFT, NONE)
    QCoreApplication.sendEvent(view.viewport(), drop)
    assert {Edge("dense", "tanh"), Edge("tanh", "sigmoid")} <= loose.document.edges
    assert loose.selection == {"tanh"}
    loose.history.undo()
    assert loose.document == before


def test_a_layer_that_leaves_the_canvas_again_leaves_the_wire(loose: AppContext, view: CanvasView) -> None:
    data = adding.mime_data("tanh")
    hold(view, data, middle(view, WIRE))
    assert view.canvas_scene.wires[WIRE].live
    QCoreApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert not view.canvas_scene.wires[WIRE].live


@pytest.mark.parametrize("kind", ["noise", "output"])
def test_a_layer_that_nothing_can_go_through_is_dropped_beside_the_wire(loose: AppContext, view: CanvasView,
                                                                        kind: str) -> None:
    data, at = adding.mime_data(kind), middle(view, WIRE)
    hold(view, data, at)
    assert not view.canvas_scene.wires[WIRE].live
    drop = QDropEvent(QPointF(view.mapFromScene(at)), COPY, data, LEFT, NONE)
    QCoreApplication.sendEvent(view.viewport(), drop)
    assert WIRE in loose.document.edges


def test_ctrl_delete_removes_a_node_and_joins_its_neighbours(window: MainWindow) -> None:
    context = window.context
    context.history.restart(chain())
    context.select(["dense"])
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert context.document.edges == {Edge("input", "sigmoid")}
    assert context.history.undo_label == "Delete Dense and join wires"
    context.history.undo()
    assert context.document == chain()


def test_deleting_and_joining_needs_a_node(window: MainWindow) -> None:
    action = window.actions_by_id["edit.delete_joining"]
    window.context.history.restart(chain())
    window.context.select(())
    assert not action.isEnabled()
    window.context.select(["dense", "sigmoid"])
    assert action.isEnabled()
    action.trigger()
    assert window.context.history.undo_label == "Delete 2 nodes and join wires"
    assert window.context.document.nodes.keys() == {"input", "output"}
