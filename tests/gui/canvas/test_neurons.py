"""Nodes drawn as neurons on the canvas: their size, their lines, and what the mouse does there."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.train.events import Snapshot
from core.train.probes.neurons import Lines
from core.train.request import Request
from gui.canvas import geometry, strength, switch, thumbnail
from gui.canvas.bundle import Bundle
from gui.canvas.node_item import NodeItem
from gui.canvas.rails import Rails
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand


def row(units: int = 3) -> Document:
    """Input, Dense, Tanh, Dense, Output in a row, with as much room as neurons need."""
    document = edits.empty()
    kinds = ("input", "dense", "tanh", "dense", "output")
    names = ("input", "hidden", "tanh", "last", "output")
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        params = {"units": units if name == "hidden" else 1} if kind == "dense" else {}
        document = edits.add_node(document, Node(name, kind, params, (place * 240.0, 0.0)))
        if place:
            document = edits.connect(document, Edge(names[place - 1], name))
    return document


@pytest.fixture
def network(context: AppContext, view: CanvasView) -> AppContext:
    context.history.restart(row())
    QApplication.processEvents()
    view.centerOn(300, 100)
    return context


def show(view: CanvasView, *names: str) -> None:
    switch.show_neurons(view, names or tuple(view.context.document.nodes), True)
    view.zoom_to(1.0)
    view.centerOn(300, 100)
    QApplication.processEvents()


def lines(view: CanvasView, source: str, target: str) -> Bundle:
    return view.canvas_scene.neurons.bundles[Edge(source, target)]


def answer(view: CanvasView, node: str, weights: list[list[float]], biases: list[float], scale: float = 1.0) -> None:
    """Give the canvas the weights of a node, as a run does."""
    found = Lines(node, weights, biases, scale)
    event = Snapshot(1, 0, 0, {Request.of("neurons", node=node): found}, 0.0)
    view.context.trainer.told.emit(event)
    view.canvas_scene.neurons.tick()


def column_of(view: CanvasView, name: str) -> NodeItem:
    item = view.node_item(name)
    assert item.column is not None
    return item


def middle(view: CanvasView, name: str, place: int) -> QPointF:
    """The middle of a neuron in the scene."""
    item = column_of(view, name)
    assert item.column is not None
    return item.pos() + item.column.column.box(place, item.head).center()


def on_line(bundle: Bundle, line: int, part: float = 0.5) -> QPointF:
    return bundle.rails.path(line).pointAtPercent(part)


def test_a_node_drawn_as_neurons_grows_by_one_row_for_every_neuron(network: AppContext, view: CanvasView) -> None:
    before = view.node_item("hidden").card()
    show(view, "hidden")
    three = view.node_item("hidden").card()
    network.edit("Grow", lambda doc: edits.set_params(doc, "hidden", {"units": 5}))
    five = view.node_item("hidden").card()
    assert before.height() == geometry.HEIGHT + thumbnail.BELOW
    assert five.height() - three.height() == 2 * 40
    assert three.height() > before.height()
    assert three.width() < before.width()


def test_wires_begin_at_the_edge_of_the_narrower_card(network: AppContext, view: CanvasView) -> None:
    show(view, "hidden")
    item = view.node_item("hidden")
    wire = view.canvas_scene.wires[Edge("hidden", "tanh")]
    assert wire.start == QPointF(item.card().right(), 28.0)
    assert item.output is not None
    assert item.output.scenePos() == wire.start


def test_switching_back_gives_the_card_and_its_wires_as_they_were(network: AppContext, view: CanvasView) -> None:
    before = network.document
    wire = view.canvas_scene.wires[Edge("hidden", "tanh")]
    start, card = wire.start, view.node_item("hidden").card()
    show(view, "hidden")
    network.history.undo()
    assert network.document is before
    assert (wire.start, view.node_item("hidden").card()) == (start, card)
    assert view.node_item("hidden").column is None
    network.history.redo()
    assert view.node_item("hidden").column is not None


def test_every_weight_between_two_layers_of_neurons_has_a_line(network: AppContext, view: CanvasView) -> None:
    show(view)
    assert len(lines(view, "input", "hidden").rails.pairs) == 2 * 3
    assert lines(view, "hidden", "tanh").rails.pairs == ((0, 0), (1, 1), (2, 2))
    assert len(lines(view, "tanh", "last").rails.pairs) == 3


def test_lines_run_from_neuron_to_neuron_and_follow_a_node_that_is_dragged(network: AppContext, view: CanvasView,
                                                                           hand: Hand) -> None:
    show(view)
    bundle = lines(view, "input", "hidden")
    chord = bundle.rails.chord(5)
    assert chord.p1().y() == middle(view, "input", 1).y()
    assert chord.p2().y() == middle(view, "hidden", 2).y()
    assert chord.p2().x() == middle(view, "hidden", 2).x() - 14
    start = view.node_item("hidden").card().topLeft() + QPointF(20, 20)
    hand.press(start)
    hand.move(start + QPointF(10, 40))
    hand.move(start + QPointF(40, 80))
    assert bundle.rails.chord(5).p2() == chord.p2() + QPointF(40, 80)
    hand.release(start + QPointF(40, 80))
    assert bundle.rails.chord(5).p2() == chord.p2() + QPointF(40, 80)
    assert bundle.boundingRect().contains(bundle.rails.path(5).boundingRect())


def test_a_wire_that_has_given_way_to_lines_cannot_be_hit_until_it_is_a_wire_again(network: AppContext,
                                                                                   view: CanvasView) -> None:
    wire = view.canvas_scene.wires[Edge("input", "hidden")]
    between = (wire.start + wire.end) / 2
    assert view.canvas_scene.hit(between) is wire
    show(view)
    assert view.canvas_scene.hit(between) is not wire
    network.history.undo()
    assert view.canvas_scene.hit(between) is wire
    assert view.canvas_scene.neurons.bundles == {}


def test_colour_is_by_sign_and_width_by_size(network: AppContext, view: CanvasView) -> None:
    tokens = network.theme.tokens
    negative, positive = strength.pens(tokens)
    assert negative[-1].color().name() == tokens.negative
    assert positive[-1].color().name() == tokens.positive
    assert [pen.widthF() for pen in positive] == sorted(pen.widthF() for pen in positive)
    assert strength.level(0.0) == strength.level(float("nan")) == 0
    assert strength.level(-7.0) == strength.level(1.0) == strength.LEVELS - 1


def painted(view: CanvasView) -> QImage:
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view.render(painter)
    painter.end()
    return image


def test_a_strong_weight_is_seen_in_its_colour(network: AppContext, view: CanvasView) -> None:
    show(view)
    answer(view, "hidden", [[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]], [0.0] * 3)
    at = view.mapFromScene(on_line(lines(view, "input", "hidden"), 2))
    assert painted(view).pixelColor(at).name() == network.theme.tokens.positive
    answer(view, "hidden", [[0.0, 0.0, -1.0], [0.0, 0.0, 0.0]], [0.0] * 3)
    assert painted(view).pixelColor(at).name() == network.theme.tokens.negative


def test_the_line_under_the_pointer_stands_out_and_says_its_weight(network: AppContext, view: CanvasView,
                                                                   hand: Hand) -> None:
    show(view)
    answer(view, "hidden", [[0.1, 0.2, -0.4213], [0.4, 0.5, 0.6]], [0.0] * 3)
    bundle = lines(view, "input", "hidden")
    hand.hover(on_line(bundle, 2, 0.4))
    readout = view.canvas_scene.neurons.weighing.readout
    assert readout is not None
    assert readout.text == "w[x1 → neuron 3] = −0.4213"
    assert bundle.line == 2
    answer(view, "hidden", [[0.1, 0.2, 0.25], [0.4, 0.5, 0.6]], [0.0] * 3)
    assert readout.text == "w[x1 → neuron 3] = 0.2500"
    hand.hover(QPointF(300, 400))
    assert readout.text == ""
    assert bundle.line is None


def test_the_nearest_of_thousands_of_lines_is_found_exactly() -> None:
    heights = tuple(20.0 * k for k in range(64))
    rails = Rails.all(0.0, heights, 150.0, heights)
    for line in (0, 777, 2048, 4095):
        for part in (0.0, 0.13, 0.31, 0.87, 1.0):
            point = rails.path(line).pointAtPercent(part)
            found = rails.nearest(point, 6.0)
            assert found is not None
            there = min(abs(rails.path(found).pointAtPercent(k / 400).y() - point.y())
                        + abs(rails.path(found).pointAtPercent(k / 400).x() - point.x()) for k in range(401))
            # Where lines cross, another one may run through the same point.
            assert found == line or there < 1.5


def test_between_the_lines_nothing_is_hit() -> None:
    rails = Rails.all(0.0, (0.0,), 100.0, (0.0, 200.0))
    assert rails.nearest(QPointF(90.0, 100.0), 6.0) is None
    assert rails.nearest(QPointF(-1.0, 0.0), 6.0) is None
    assert rails.nearest(QPointF(50.0, 4.0), 6.0) == 0


def test_a_rubber_band_can_begin_on_a_line(network: AppContext, view: CanvasView, hand: Hand) -> None:
    show(view)
    start = on_line(lines(view, "input", "hidden"), 2)
    hand.drag(start, middle(view, "hidden", 2))
    assert network.selection == {"hidden"}


def test_a_rubber_band_over_a_neuron_takes_its_node(network: AppContext, view: CanvasView, hand: Hand) -> None:
    show(view, "hidden")
    card = view.node_item("hidden").card()
    hand.drag(card.bottomLeft() + QPointF(-20, 20), card.bottomLeft() + QPointF(10, -10))
    assert network.selection == {"hidden"}


def test_a_click_on_a_plain_line_selects_its_wire(network: AppContext, view: CanvasView, hand: Hand) -> None:
    show(view)
    bundle = lines(view, "hidden", "tanh")
    hand.click(on_line(bundle, 1))
    assert view.canvas_scene.selected_wires == {Edge("hidden", "tanh")}


def test_a_node_is_dragged_by_its_neurons(network: AppContext, view: CanvasView, hand: Hand) -> None:
    show(view, "hidden")
    x, y = network.document.nodes["hidden"].position
    at = middle(view, "hidden", 1)
    hand.drag(at, at + QPointF(16, 32))
    assert network.document.nodes["hidden"].position == (x + 16, y + 32)


def test_the_buttons_on_the_card_add_and_remove_a_neuron_in_one_step(network: AppContext, view: CanvasView,
                                                                    hand: Hand) -> None:
    show(view)
    before = network.document
    item = column_of(view, "hidden")
    assert item.column is not None
    more, less = (item.pos() + item.column.column.button(way).center() for way in (1, -1))
    hand.click(more)
    hand.click(more)
    assert network.document.nodes["hidden"].params["units"] == 5
    hand.click(less)
    assert network.document.nodes["hidden"].params["units"] == 4
    network.history.undo()
    assert network.document is before


def test_the_last_neuron_stays(network: AppContext, view: CanvasView, hand: Hand) -> None:
    show(view)
    before = network.document
    item = column_of(view, "last")
    assert item.column is not None
    hand.click(item.pos() + item.column.column.button(-1).center())
    assert network.document is before


def test_more_than_64_neurons_are_summed_up(context: AppContext, view: CanvasView) -> None:
    context.history.restart(row(units=120))
    show(view)
    item = column_of(view, "hidden")
    assert item.column is not None
    assert len(item.column.column.shown) == 16
    assert item.column.column.skip is not None
    assert len(lines(view, "input", "hidden").rails.pairs) == 2 * 16
    assert item.card().height() < 700
    painted(view)


@pytest.mark.parametrize("zoom", [0.15, 0.3, 0.6, 2.0])
def test_neurons_are_painted_at_every_zoom(context: AppContext, view: CanvasView, zoom: float) -> None:
    context.history.restart(row(units=64))
    show(view)
    answer(view, "hidden", [[0.5] * 64, [-0.5] * 64], [0.25] * 64)
    view.zoom_to(zoom)
    at = view.mapFromScene(on_line(lines(view, "input", "hidden"), 0))
    view.centerOn(on_line(lines(view, "input", "hidden"), 0))
    empty = QImage(painted(view))
    answer(view, "hidden", [[-0.5] * 64, [0.5] * 64], [0.25] * 64)
    assert painted(view) != empty
    assert at is not None


def test_ports_whose_wires_are_lines_are_not_in_the_way(network: AppContext, view: CanvasView) -> None:
    show(view)
    hidden = view.node_item("hidden")
    assert hidden.output is not None
    assert hidden.output.idle
    assert hidden.inputs["x"].idle
    network.edit("Cut", lambda doc: edits.disconnect(doc, [Edge("hidden", "tanh")]))
    assert not hidden.output.idle
    assert hidden.inputs["x"].idle


def test_names_of_columns_and_classes_follow_the_data(network: AppContext, view: CanvasView) -> None:
    show(view)
    item = column_of(view, "input")
    assert item.column is not None
    assert item.column.column.names == network.report.spec.features
    network.edit("Data", lambda doc: edits.set_data(doc, {"source": {"kind": "iris", "params": {}}}))
    assert len(item.column.column.names) == 4
    assert item.column.column.name(0) == network.report.spec.features[0]


def test_a_network_that_cannot_be_computed_is_drawn_as_cards(network: AppContext, view: CanvasView) -> None:
    show(view)
    network.edit("Cut", lambda doc: edits.disconnect(doc, [Edge("input", "hidden")]))
    assert view.node_item("hidden").column is None
    assert view.node_item("hidden").card().height() == geometry.HEIGHT
    network.history.undo()
    assert view.node_item("hidden").column is not None


def test_removing_a_node_takes_its_lines_along(network: AppContext, view: CanvasView, hand: Hand) -> None:
    show(view)
    hand.hover(on_line(lines(view, "input", "hidden"), 1))
    network.select(["hidden"])
    view.delete_selection()
    hand.hover(QPointF(300, 300))
    assert set(view.canvas_scene.neurons.bundles) & {Edge("input", "hidden"), Edge("hidden", "tanh")} == set()
    network.history.undo()
    assert len(lines(view, "input", "hidden").rails.pairs) == 6
    painted(view)


def test_lines_take_the_colours_of_another_theme(network: AppContext, view: CanvasView) -> None:
    show(view)
    answer(view, "hidden", [[0.05, 0.0, 0.5], [0.0, 0.0, 0.0]], [0.0] * 3)
    light = painted(view)
    network.theme.set_mode("dark")
    try:
        dark = painted(view)
    finally:
        network.theme.set_mode("light")
    assert light != dark
    assert painted(view) == light
