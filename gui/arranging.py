"""Putting cards in order: aligning, distributing, arranging."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.graph import rewire
from core.graph.arrange import arrange as arrange_layers
from core.graph.document import Point
from core.graph.layout import Edge, Rect, align, distribute
from gui.canvas import changes, geometry
from gui.canvas.card_glide import glide_cards
from gui.canvas.view import CanvasView


def chosen(canvas: CanvasView) -> dict[str, Rect]:
    """The selected cards; that of a collapsed group under the name of its first member."""
    return _cards(canvas, canvas.context.selection)[0]


def count(canvas: CanvasView) -> int:
    """How many cards are selected."""
    return len(chosen(canvas)) if canvas.canvas_scene.groups.cards else len(canvas.context.selection)


def align_chosen(canvas: CanvasView, edge: Edge) -> None:
    """Put the selected cards on one line."""
    _put(canvas, "Align", align(chosen(canvas), edge))


def distribute_chosen(canvas: CanvasView, *, down: bool) -> None:
    """Leave the same room between the selected cards."""
    _put(canvas, "Distribute", distribute(chosen(canvas), down=down))


def arrange(canvas: CanvasView, *, down: bool = False, rows: bool = False) -> None:
    """Put the selected cards, or all of them, in layers, or in rows that have about the shape of the view."""
    cards, within = _cards(canvas, canvas.context.selection)
    whole = len(cards) < 2 or canvas.context.selection == canvas.context.document.nodes.keys()
    if whole:
        cards, within = _cards(canvas, canvas.context.document.nodes)
    sizes = {name: (card.w, card.h) for name, card in cards.items()}
    start = {name: canvas.context.document.nodes[name].position for name in (*cards, *within)}
    aspect = canvas.width() / max(1, canvas.height()) if rows else None
    what = "all nodes" if whole else f"{len(cards)} nodes"
    canvas.do(changes.Change(f"Arrange {what}", lambda now: arrange_layers(
        now, sizes, down=down, within=within, aspect=aspect)))
    if whole and (rows or not canvas.shown_area().contains(canvas.content())):
        canvas.fit()
    glide_cards(canvas, start)


def _cards(canvas: CanvasView, names: Iterable[str]) -> tuple[dict[str, Rect], dict[str, str]]:
    """The cards that show these nodes, and for the other members of collapsed groups the name of the first."""
    scene, nodes = canvas.canvas_scene, canvas.context.document.nodes
    wanted, within = set(names), dict[str, str]()
    cards = {name: geometry.plain(scene.thumbnails.card(name)) for name in wanted}
    for group in scene.groups.cards.values():
        members = group.shown.members
        if not wanted.isdisjoint(members):
            first = min(members, key=lambda name: nodes[name].position[::-1])
            cards = {name: card for name, card in cards.items() if name not in members}
            cards[first] = geometry.plain(group.card())
            within |= dict.fromkeys(members - {first}, first)
    return cards, within


def _put(canvas: CanvasView, verb: str, places: Mapping[str, Point]) -> None:
    """Put cards there, and with the card of a collapsed group all of its members."""
    nodes = canvas.context.document.nodes
    where = dict(places)
    for name, first in _cards(canvas, places)[1].items():
        (x, y), (from_x, from_y), (to_x, to_y) = nodes[name].position, nodes[first].position, places[first]
        where[name] = x + to_x - from_x, y + to_y - from_y
    canvas.do(changes.Change(f"{verb} {len(places)} nodes", lambda now: rewire.move(now, where)))
