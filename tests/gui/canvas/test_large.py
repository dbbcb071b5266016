"""Large networks: an edit costs what it touches, however many nodes there are, and what is far away is drawn simply."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem

from core.graph import edits
from core.graph.document import Diff, Node
from gui.canvas import edge_item, node_item, scene
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortState
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.panels.inspector import MOST, InspectorPanel
from tests.bench.ladders import ladder

NODES = 300


@pytest.fixture
def large(context: AppContext, view: CanvasView) -> CanvasView:
    context.history.restart(ladder(NODES))
    QApplication.processEvents()
    view.fit()
    QApplication.processEvents()
    return view


@pytest.fixture
def looked_at(large: CanvasView, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the nodes whose looks are worked out again."""
    names: list[str] = []
    look_of = scene.look_of
    monkeypatch.setattr(scene, "look_of", lambda node, *rest: (names.append(node.id), look_of(node, *rest))[1])
    return names


def dropout(view: CanvasView) -> str:
    return next(name for name, item in view.canvas_scene.nodes.items() if item.kind == "dropout")


def test_a_parameter_costs_the_look_of_its_own_node(
        context: AppContext, large: CanvasView, looked_at: list[str]) -> None:
    name = dropout(large)
    context.edit("Rate", lambda doc: edits.set_params(doc, name, {"rate": 0.4}))
    assert set(looked_at) == {name}


def test_a_new_node_costs_its_own_look(context: AppContext, large: CanvasView, looked_at: list[str]) -> None:
    context.edit("Add", lambda doc: edits.add_node(doc, Node("new", "dense")))
    assert set(looked_at) == {"new"}
    looked_at.clear()
    context.history.undo()
    assert not looked_at


def test_a_moved_node_routes_its_own_wires_and_measures_no_text(
        context: AppContext, large: CanvasView, looked_at: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    routed, fitted = [], []
    route, fit_text = scene.CanvasScene._route, node_item.fit_text
    monkeypatch.setattr(scene.CanvasScene, "_route", lambda self, edge: (routed.append(edge), route(self, edge))[1])
    monkeypatch.setattr(node_item, "fit_text", lambda *rest: (fitted.append(rest), fit_text(*rest))[1])
    name = dropout(large)
    context.edit("Move", lambda doc: edits.move(doc, {name: (50.0, 900.0)}))
    assert set(routed) == large.canvas_scene.wires_at(name)
    assert not fitted


def test_labels_look_for_room_once_and_again_only_when_a_card_moves(
        context: AppContext, large: CanvasView, monkeypatch: pytest.MonkeyPatch) -> None:
    large.zoom_to(1.0)
    wires = [wire for wire in large.canvas_scene.wires.values() if wire.label_box() is not None]
    assert wires
    asked = []
    covers = edge_item.EdgeItem._covers
    monkeypatch.setattr(edge_item.EdgeItem, "_covers", lambda self, box: (asked.append(self), covers(self, box))[1])
    for wire in wires:
        wire.label_box()
    assert not asked
    context.edit("Move", lambda doc: edits.move(doc, {dropout(large): (50.0, 900.0)}))
    wires[0].label_box()
    assert asked == [wires[0]]


def test_a_label_makes_room_for_a_card_that_comes_to_stand_there(context: AppContext, large: CanvasView) -> None:
    wire = next(wire for wire in large.canvas_scene.wires.values() if wire.label_box() is not None)
    at = (wire.label_box().center() - QPointF(4, 4)).toTuple()
    context.edit("Add", lambda doc: edits.add_node(doc, Node("new", "dense", position=at)))
    box, card = wire.label_box(), large.node_item("new").card()
    assert box is None or not box.intersects(card)
    context.edit("Delete", lambda doc: edits.remove_nodes(doc, ["new"]))
    assert wire.label_box() is not None


def test_ports_are_painted_by_their_node_and_still_found_under_the_pointer(large: CanvasView) -> None:
    item = large.node_item(dropout(large))
    for port in item.ports:
        assert port.flags() & QGraphicsItem.GraphicsItemFlag.ItemHasNoContents
        assert large.canvas_scene.hit(port.scenePos()) is port
        assert item.boundingRect().contains(QRectF(-11, -11, 22, 22).translated(port.pos()))


def test_a_port_that_stands_out_is_seen_at_once(large: CanvasView) -> None:
    large.zoom_to(2.0)
    item = large.node_item(dropout(large))
    large.centerOn(item)
    QApplication.processEvents()
    before = large.grab().toImage()
    item.output.put(PortState.REFUSED)
    QApplication.processEvents()
    assert large.grab().toImage() != before
    item.output.put(PortState.REST)
    QApplication.processEvents()
    assert large.grab().toImage() == before


def test_far_away_a_card_is_a_chip_that_follows_selection_problems_and_theme(
        context: AppContext, large: CanvasView, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    chip_of = node_item.chip_of
    monkeypatch.setattr(node_item, "chip_of", lambda *rest: (made.append(rest), chip_of(*rest))[1])
    item = large.node_item(dropout(large))
    plain = picture(item, 0.1)
    assert picture(item, 0.1) == plain
    assert len(made) <= 1
    context.select([item.name])
    assert picture(item, 0.1) != plain
    context.select(())
    assert picture(item, 0.1) == plain
    context.edit("Cut", lambda doc: edits.disconnect(doc, [e for e in doc.edges if e.target == item.name]))
    assert item.look.problems
    assert picture(item, 0.1) != plain


def picture(item: NodeItem, zoom: float) -> QImage:
    """What the item paints of itself at a zoom."""
    image = QImage(60, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(QPointF(10, 10))
    painter.scale(zoom, zoom)
    item.paint(painter, None, None)
    painter.end()
    return image


def test_many_selected_nodes_are_listed_up_to_a_point(context: AppContext, large: CanvasView) -> None:
    panel = InspectorPanel(context)
    large.select_all()
    texts = [child.text() for child in panel.findChildren(object) if hasattr(child, "text") and callable(child.text)]
    assert f"{NODES} nodes selected" in texts
    assert f"and {NODES - MOST} more" in texts
    panel.deleteLater()


def test_with_nothing_selected_an_edit_leaves_the_inspectors_page_standing(
        context: AppContext, large: CanvasView) -> None:
    panel = InspectorPanel(context)
    page = panel._scroller.widget()
    facts = panel.facts
    context.edit("Add", lambda doc: edits.add_node(doc, Node("new", "dense")))
    panel.on_document(Diff(), context.document)
    assert panel._scroller.widget() is page
    assert panel.facts["Nodes"] == str(NODES + 1) != facts["Nodes"]
    panel.deleteLater()
