"""Wires are drawn from and to the card that stands for a collapsed group."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from core.graph import edits, furniture
from core.graph.document import Document, Edge
from gui.canvas.port_item import PortState
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand, network


def loose() -> Document:
    """Dense and Sigmoid in a collapsed group that is wired to nothing, between Input and Output."""
    doc = network(("input", "input", 0, 0), ("dense", "dense", 224, 0), ("sigmoid", "sigmoid", 448, 0),
                  ("output", "output", 672, 0), wires=(("dense", "sigmoid"),))
    return furniture.collapse(furniture.group(doc, ("dense", "sigmoid"), "Body"), "group", True)


@pytest.fixture
def collapsed(view: CanvasView, context: AppContext) -> AppContext:
    context.history.restart(loose())
    QApplication.processEvents()
    view.zoom_to(1.0)
    view.centerOn(420, 30)
    return context


def shown_at(view: CanvasView, node: str, port: str | None) -> QPointF:
    """Where the card of the group shows a port."""
    places = view.canvas_scene.groups.cards["group"].ports()
    return next(place for item, place in places if (item.ref.node, item.ref.name) == (node, port))


def test_ports_that_wait_are_shown_on_the_card(view: CanvasView, collapsed: AppContext) -> None:
    card = view.canvas_scene.groups.cards["group"]
    assert card.face.inputs == (("dense", "x"),)
    assert card.face.outputs == ("sigmoid",)
    assert shown_at(view, "dense", "x").x() == card.card().left()
    assert shown_at(view, "sigmoid", None).x() == card.card().right()


def test_a_wire_is_drawn_to_a_port_of_the_card_and_onwards_from_it(view: CanvasView, collapsed: AppContext,
                                                                   hand: Hand) -> None:
    hand.drag(view.output_scene_pos("input"), shown_at(view, "dense", "x"))
    assert Edge("input", "dense") in collapsed.document.edges
    hand.drag(shown_at(view, "sigmoid", None), view.port_scene_pos("output", "x"))
    assert Edge("sigmoid", "output") in collapsed.document.edges
    assert collapsed.history.undo_label == "Connect Sigmoid to Output"


def test_a_wire_that_is_let_go_over_the_card_takes_its_port(view: CanvasView, collapsed: AppContext,
                                                           hand: Hand) -> None:
    hand.drag(view.output_scene_pos("input"), view.canvas_scene.groups.cards["group"].card().center())
    assert Edge("input", "dense") in collapsed.document.edges


def test_a_wire_is_drawn_backwards_from_an_input_of_the_card(view: CanvasView, collapsed: AppContext,
                                                            hand: Hand) -> None:
    hand.drag(shown_at(view, "dense", "x"), view.output_scene_pos("input"))
    assert Edge("input", "dense") in collapsed.document.edges


def test_ports_of_the_card_light_up_and_rest_again(view: CanvasView, collapsed: AppContext, hand: Hand) -> None:
    port = view.node_item("dense").inputs["x"]
    hand.press(view.output_scene_pos("input"))
    hand.move(view.output_scene_pos("input") + QPointF(20, 60))
    assert port.state is PortState.LEGAL
    hand.move(shown_at(view, "dense", "x"))
    assert port.state is PortState.TARGET
    view.give_up()
    assert port.state is PortState.REST


def test_a_wired_input_of_the_card_gives_its_wire_away(view: CanvasView, collapsed: AppContext, hand: Hand) -> None:
    collapsed.edit("Wire", lambda doc: edits.connect(doc, Edge("input", "dense")))
    hand.drag(shown_at(view, "dense", "x"), view.port_scene_pos("output", "x"))
    assert Edge("input", "output") in collapsed.document.edges
    assert Edge("input", "dense") not in collapsed.document.edges


def test_where_no_port_of_the_group_fits_the_pointer_says_so(view: CanvasView, collapsed: AppContext,
                                                            hand: Hand) -> None:
    collapsed.edit("Whole", lambda doc: furniture.add_to_group(doc, "group", ["input", "output"]))
    other = network(("relu", "relu", 0, 300)).nodes["relu"]
    collapsed.edit("Add", lambda doc: edits.connect(edits.add_node(doc, other), Edge("input", "dense")))
    collapsed.edit("End", lambda doc: edits.connect(doc, Edge("sigmoid", "output")))
    card = view.canvas_scene.groups.cards["group"]
    assert card.face.inputs == ()
    before = collapsed.document
    hand.press(view.output_scene_pos("relu"))
    hand.move(card.card().center() + QPointF(0, 40))
    hand.move(card.card().center())
    assert view.reason == "No port of this group takes this wire. Expand it to wire the layers in it."
    hand.release(card.card().center())
    assert collapsed.document is before


def test_the_pointer_shows_where_a_wire_can_begin(view: CanvasView, collapsed: AppContext, hand: Hand) -> None:
    hand.hover(shown_at(view, "sigmoid", None))
    assert view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    hand.hover(view.canvas_scene.groups.cards["group"].card().center())
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
