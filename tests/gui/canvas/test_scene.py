"""The scene follows the document."""
from __future__ import annotations

import random
from dataclasses import replace

import pytest

from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.layers import LAYERS
from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.theme.palette import Theme
from tests.gui.canvas.conftest import chain


def picture(scene: CanvasScene) -> object:
    """Everything that a scene shows, as a value."""
    nodes = {k: (item.pos().toTuple(), item.kind, item.look, item.state, item.zValue(), [p.wires for p in item.ports])
             for k, item in scene.nodes.items()}
    wires = {e: (item.start.toTuple(), item.end.toTuple(), item._label, item.selected)
             for e, item in scene.wires.items()}
    top = sum(item.parentItem() is None for item in scene.items())
    return nodes, wires, top


def random_edit(rng: random.Random, document: Document) -> Document:
    names = sorted(document.nodes)
    kind = rng.choice(["add", "add", "wire", "wire", "wire", "move", "delete", "params", "cut", "data", "title"])
    if kind == "add" or not names:
        layer = rng.choice(list(LAYERS))
        place = rng.randrange(900), rng.randrange(500)
        return edits.add_node(document, Node(edits.fresh_id(document, layer), layer, position=place))
    name = rng.choice(names)
    if kind == "wire":
        return edits.connect(document, Edge(name, rng.choice(names)))
    if kind == "move":
        return edits.move(document, {name: (rng.randrange(900), rng.randrange(500))})
    if kind == "delete":
        return edits.remove_nodes(document, rng.sample(names, min(len(names), rng.choice([1, 1, 3]))))
    if kind == "params":
        return edits.set_params(document, name, {"units": rng.randrange(1, 9)})
    if kind == "cut" and document.edges:
        return edits.disconnect(document, [rng.choice(sorted(document.edges))])
    if kind == "data":
        return edits.set_data(document, {"source": rng.choice(["xor", "iris", "spiral"])})
    return edits.rename(document, name, rng.choice(["", "Hidden", "Head"]))


@pytest.mark.parametrize("seed", range(8))
def test_after_any_edits_undo_and_redo_the_scene_equals_one_made_anew(seed: int, context: AppContext,
                                                                     view: CanvasView) -> None:
    rng = random.Random(seed)
    for step in range(60):
        way = rng.random()
        if way < 0.15:
            context.history.undo()
        elif way < 0.25:
            context.history.redo()
        else:
            try:
                context.history.do(str(step), random_edit(rng, context.document))
            except CoreError:
                continue
        context.select(rng.sample(sorted(context.document.nodes), min(2, len(context.document.nodes))))
        if step % 5 == 0:
            assert picture(view.canvas_scene) == picture(CanvasScene(context))
    assert view.canvas_scene.nodes.keys() == context.document.nodes.keys()
    assert view.canvas_scene.wires.keys() == context.document.edges


def test_another_document_takes_the_place_of_the_first_item_by_item(drawn: AppContext, view: CanvasView) -> None:
    other = edits.add_node(edits.empty(), Node("dense", "softmax", position=(64, 64)))
    drawn.history.restart(other)
    assert view.canvas_scene.nodes.keys() == {"dense"}
    assert view.node_item("dense").look.title == "Softmax"
    assert view.canvas_scene.wires == {}


def test_a_wire_to_a_node_that_is_not_there_waits_for_it(context: AppContext, view: CanvasView) -> None:
    wire = Edge("input", "ghost")
    lost = replace(chain(), edges=frozenset({wire}))
    context.history.restart(lost)
    assert view.canvas_scene.wires == {}
    context.edit("Add", lambda d: edits.add_node(d, Node("ghost", "relu", position=(448, 160))))
    assert wire in view.canvas_scene.wires
    context.history.undo()
    assert view.canvas_scene.wires == {}


def test_an_edit_upstream_changes_the_shapes_that_cards_and_wires_show(drawn: AppContext, view: CanvasView) -> None:
    drawn.edit("Set units", lambda d: edits.set_params(d, "dense", {"units": 9}))
    assert view.node_item("sigmoid").look.shape == "(9)"
    assert view.canvas_scene.wires[Edge("dense", "sigmoid")]._label == "(9)"


def test_only_cards_that_look_different_are_measured_again(drawn: AppContext, view: CanvasView,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []
    for name, item in view.canvas_scene.nodes.items():
        monkeypatch.setattr(item, "restyle", lambda name=name: measured.append(name))
    drawn.edit("Rename", lambda d: edits.rename(d, "dense", "Hidden"))
    assert measured == ["dense"]


def test_the_dark_theme_recolours_every_card(drawn: AppContext, view: CanvasView, theme: Theme) -> None:
    def middle() -> str:
        return view.grab().toImage().pixelColor(view.mapFromScene(view.node_item("dense").card().center())).name()

    light = middle()
    theme.set_mode("dark")
    try:
        assert light == "#ffffff"
        assert middle() == theme.tokens.raised
    finally:
        theme.set_mode("light")


def test_everything_can_be_painted_at_every_zoom(drawn: AppContext, view: CanvasView) -> None:
    drawn.edit("Freeze", lambda d: edits.freeze(d, "dense", True))
    seen = set()
    for zoom in (0.1, 0.3, 0.5, 1.0, 4.0):
        view.zoom_to(zoom)
        view.centerOn(view.node_item("dense").card().center())
        seen.add(view.grab().toImage().pixelColor(view.mapFromScene(308, 10)).name())
    assert drawn.theme.tokens.paper("blue") in seen
