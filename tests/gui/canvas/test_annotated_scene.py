"""A random user of notes and groups: what the canvas shows is what it would show had it just been opened."""
from __future__ import annotations

import random

import pytest

from core.errors import CoreError
from core.graph import edits, furniture
from core.graph.document import COLOURS, Document, Edge, Node, Note
from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.context import AppContext

STEPS = 120


def shown(scene: CanvasScene) -> dict[str, object]:
    """All that can be seen of nodes, wires, notes and groups."""
    groups, notes = scene.groups, scene.notes
    return {
        "nodes": {name: (item.isVisible(), item.x(), item.y()) for name, item in scene.nodes.items()},
        "wires": {edge: (item.isVisible(), item.start.toTuple(), item.end.toTuple())
                  for edge, item in scene.wires.items()},
        "frames": {name: (frame.outline().getRect(), frame.shown) for name, frame in groups.frames.items()},
        "cards": {name: (card.card().getRect(), card.face, card.toolTip()) for name, card in groups.cards.items()},
        "notes": {name: (item.sheet().getRect(), item.note) for name, item in notes.items.items()},
        "items": sorted(type(item).__name__ for item in scene.items() if item.parentItem() is None),
        "extent": scene.content_rect().getRect(),
    }


def some(chance: random.Random, names: object, most: int) -> list[str]:
    known = sorted(names)  # type: ignore[call-overload]
    return chance.sample(known, min(len(known), chance.randint(1, most)))


def change(chance: random.Random, doc: Document) -> Document:
    """One random edit."""
    nodes, groups, notes = sorted(doc.nodes), sorted(doc.groups), sorted(doc.notes)
    place = chance.randint(-50, 50) * 8.0, chance.randint(-50, 50) * 8.0
    picks = [
        lambda: edits.add_node(doc, Node(edits.fresh_id(doc, "dense"), chance.choice(["dense", "add", "sigmoid"]),
                                         position=place)),
        lambda: edits.connect(doc, Edge(chance.choice(nodes), chance.choice(nodes), chance.choice("xxab"))),
        lambda: edits.move(doc, dict.fromkeys(some(chance, nodes, 3), place)),
        lambda: edits.remove_nodes(doc, some(chance, nodes, 2)),
        lambda: edits.disconnect(doc, chance.sample(sorted(doc.edges), 1)),
        lambda: furniture.group(doc, some(chance, nodes, 4), "T" * chance.randint(0, 5)),
        lambda: furniture.collapse(doc, chance.choice(groups), chance.random() < 0.7),
        lambda: furniture.collapse(doc, chance.choice(groups), chance.random() < 0.7),
        lambda: furniture.add_to_group(doc, chance.choice(groups), some(chance, nodes, 2)),
        lambda: furniture.remove_from_groups(doc, some(chance, nodes, 2)),
        lambda: furniture.ungroup(doc, chance.choice(groups)),
        lambda: furniture.colour_group(doc, chance.choice(groups), chance.choice(COLOURS)),
        lambda: furniture.add_note(doc, Note(furniture.fresh_note(doc), "text", place)),
        lambda: furniture.change_note(doc, chance.choice(notes), text="other", size=(100, 60)),
        lambda: furniture.move_notes(doc, {chance.choice(notes): place}),
        lambda: furniture.remove_notes(doc, [chance.choice(notes)]),
    ]
    return chance.choice(picks)()


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_canvas_shows_what_a_fresh_one_would(context: AppContext, view: CanvasView,
                                                                 seed: int) -> None:
    chance = random.Random(seed)
    trail = [context.document]
    for name in ("input", "dense", "output"):
        context.edit("Add", lambda doc, name=name: edits.add_node(doc, Node(name, name)))
    trail.append(context.document)
    for step in range(STEPS):
        pick = chance.random()
        if pick < 0.15:
            context.history.undo()
        elif pick < 0.25:
            context.history.redo()
        elif pick < 0.3:
            context.select(some(chance, context.document.nodes, 3) if context.document.nodes else [])
        else:
            try:
                context.history.do("Random", change(chance, context.document))
            except (CoreError, IndexError, ValueError):
                continue
        if step % 4 == 0:
            fresh = CanvasScene(context)
            assert shown(view.canvas_scene) == shown(fresh)
            fresh.deleteLater()
    while context.history.can_undo:
        context.history.undo()
    assert context.document is trail[0]
    assert not view.canvas_scene.groups.frames
    assert not view.canvas_scene.groups.cards
