"""Every wire carries its shape, where there is room for it; on hovering always."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Edge
from gui.canvas.edge_item import EdgeItem
from gui.canvas.view import CanvasView
from gui.canvas.wire_label import WireTag
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand, network

WIRE = Edge("input", "dense")


def pair(context: AppContext, view: CanvasView, x: float, y: float = 0.0) -> EdgeItem:
    """Input, and a Dense at (x, y), with a wire between them."""
    context.history.restart(network(("input", "input", 0, 0), ("dense", "dense", x, y), wires=(("input", "dense"),)))
    view.zoom_to(1.0)
    view.centerOn(200, 60)
    QApplication.processEvents()
    return view.canvas_scene.wires[WIRE]


def tags(view: CanvasView) -> list[str]:
    return [item.label for item in view.canvas_scene.items() if isinstance(item, WireTag)]


def test_between_neighbours_a_shape_is_shown_if_it_fits(context: AppContext, view: CanvasView) -> None:
    wire = pair(context, view, 224)
    box = wire.label_box()
    assert box is not None
    assert view.output_scene_pos("input").x() < box.left() < box.right() < view.port_scene_pos("dense", "x").x()
    context.edit("Move", lambda d: edits.move(d, {"dense": (200.0, 0.0)}))
    assert wire.label_box() is None


@pytest.mark.parametrize("across", [300.0, 420.0, 560.0])
def test_a_label_never_lies_on_a_card(context: AppContext, view: CanvasView, across: float) -> None:
    wire = pair(context, view, 700)
    free = wire.label_box()
    context.edit("Add", lambda d: edits.add_node(d, network(("relu", "relu", across, 0)).nodes["relu"]))
    box = wire.label_box()
    assert box is not None
    assert not any(item.card().intersects(box) for item in view.canvas_scene.nodes.values())
    context.history.undo()
    wire.show_label("")
    wire.show_label("(2)")
    assert wire.label_box() == free


def test_hovering_a_wire_without_room_shows_its_shape_above_it(context: AppContext, view: CanvasView,
                                                               hand: Hand) -> None:
    pair(context, view, 208).show_label("(28, 28, 8)")
    assert tags(view) == []
    hand.hover(QPointF(188, 28))
    assert tags(view) == ["(28, 28, 8)"]
    hand.hover(QPointF(188, 200))
    assert tags(view) == []


def test_zoomed_out_hovering_shows_the_shape_in_full_size(context: AppContext, view: CanvasView, hand: Hand) -> None:
    pair(context, view, 400)
    hand.hover(QPointF(300, 28))
    assert tags(view) == []
    hand.hover(QPointF(300, 300))
    view.zoom_to(0.3)
    hand.hover(QPointF(300, 28))
    assert tags(view) == ["(2)"]


def test_a_wire_that_goes_while_it_is_hovered_takes_its_tag_along(context: AppContext, view: CanvasView,
                                                                  hand: Hand) -> None:
    pair(context, view, 208).show_label("(28, 28, 8)")
    hand.hover(QPointF(188, 28))
    assert tags(view)
    context.edit("Disconnect", lambda d: edits.disconnect(d, [WIRE]))
    assert tags(view) == []


def test_a_wire_tells_where_it_comes_from_and_goes(context: AppContext, view: CanvasView, hand: Hand) -> None:
    wire = pair(context, view, 400)
    context.edit("Rename", lambda d: edits.rename(d, "dense", "Hidden"))
    hand.hover(QPointF(300, 28))
    assert wire.toolTip() == "(2): from Input to Hidden"
    hand.hover(QPointF(300, 200))
    assert wire.toolTip() == ""
