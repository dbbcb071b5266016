"""What is done to wires and with them, each as one named change."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from core.graph import edits, rewire
from core.graph.document import Document, Edge, Node, Point
from core.graph.naming import title_of, titles_of
from core.layers import LAYERS
from gui.canvas import geometry, way
from gui.canvas.changes import Change

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView
    from gui.context import AppContext


def add_wired(context: AppContext, kind: str, position: Point, source: str | None = None,
              target: tuple[str, str] | None = None) -> str | None:
    """Add a layer together with a wire to it or from it, and select it. Returns its id, or None if core refused it."""
    name = edits.fresh_id(context.document, kind)

    def apply(now: Document) -> Document:
        return rewire.add_wired(now, Node(name, kind, position=position), source, target)

    if context.edit(f"Add {LAYERS[kind].info.title}", apply):
        return None
    context.select([name])
    return name


def reconnect(document: Document, old: Edge, new: Edge) -> Change:
    """Plug an end of a wire in elsewhere."""
    label = f"Connect {title_of(document, new.source)} to {title_of(document, new.target)}"
    return Change(label, lambda now: rewire.reconnect(now, old, new))


def insert(document: Document, cards: Mapping[str, QRectF], name: str, edge: Edge) -> Change:
    """Put a node, shown at its place in `cards`, into a wire; the nodes behind it make room if they have to."""

    def apply(now: Document) -> Document:
        wired = rewire.insert_on(now, name, edge)
        return rewire.move(wired, room(cards, name, edge.source, edits.downstream(wired, name)))

    return Change(f"Insert {title_of(document, name)}", apply)


def insert_new(kind: str, name: str, corner: Point, cards: Mapping[str, QRectF], edge: Edge) -> Change:
    """Add a node and put it into a wire."""
    shown = {**cards, name: geometry.card_rect(*corner, len(LAYERS[kind].inputs))}

    def apply(now: Document) -> Document:
        grown = edits.add_node(now, Node(name, kind, position=corner))
        return insert(grown, shown, name, edge).apply(grown)

    return Change(f"Insert {LAYERS[kind].info.title}", apply)


def room(cards: Mapping[str, QRectF], name: str, before: str, ahead: Iterable[str]) -> dict[str, Point]:
    """Where `name` stands clear of the node before it, and where those ahead go if it stands on one of them."""
    own = QRectF(cards[name])
    if own.intersects(cards[before]):
        own.moveLeft(cards[before].right() + geometry.GAP)
    moved = {name: (own.x(), own.y())}
    behind = {k: cards[k] for k in ahead if k in cards and cards[k].right() > own.left()}
    struck = [card.left() for card in behind.values() if card.intersects(own)]
    if struck:
        shift = math.ceil((own.right() + geometry.GAP - min(struck)) / geometry.GRID) * geometry.GRID
        moved |= {k: (card.x() + shift, card.y()) for k, card in behind.items()}
    return moved


def delete_joining(canvas: CanvasView) -> None:
    """Delete the selected nodes and join what was before them to what was behind them."""
    document, names = canvas.context.document, sorted(canvas.context.selection)
    if names:
        label = f"Delete {titles_of(document, names)} and join wires"
        canvas.do(Change(label, lambda now: rewire.remove_joining(now, names)))


def add_point(canvas: CanvasView, edge: Edge, at: QPointF) -> None:
    """Lead a wire through one more point, near `at`, and choose that point."""
    document, wire = canvas.context.document, canvas.canvas_scene.wires[edge]
    points, index = list(document.routes.get(edge, ())), way.place_for(wire.start, wire.via, wire.end, at)
    points.insert(index, snapped(at))
    if canvas.do(lead(document, edge, points, "Add a point to a wire")) is None:
        canvas.canvas_scene.ways.choose(canvas, edge, index)


def remove_point(canvas: CanvasView, edge: Edge, index: int) -> None:
    """Lead a wire no longer through one of its points."""
    points = list(canvas.context.document.routes[edge])
    del points[index]
    canvas.do(lead(canvas.context.document, edge, points, "Remove a point of a wire"))


def lead(document: Document, edge: Edge, points: Iterable[Point], label: str) -> Change:
    """Lead a wire through other points."""
    through = tuple(points)
    return Change(label, lambda now: rewire.set_route(now, edge, through))


def snapped(point: QPointF, free: bool = False) -> Point:
    """A point of a wire's way: on the grid, unless it is to be free."""
    return (point.x(), point.y()) if free else (geometry.snap(point.x()), geometry.snap(point.y()))
