"""Arranging a network by itself: in layers from left to right, or from top to bottom."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from core.graph import rewire
from core.graph.document import Document, Edge, Node, Point
from core.graph.drawing import Part, Size, in_layers, on_grid, packed
from core.graph.layout import Rect, around
from core.graph.rowed import in_rows
from core.graph.units import heads, unfolded, unit
from core.params import EMPTY


def arrange(doc: Document, sizes: Mapping[str, Size], *, down: bool = False, within: Mapping[str, str] = EMPTY,
            aspect: float | None = None) -> Document:
    """The document with the nodes in `sizes` (width, height) in layers, around the middle of where they are now.

    With an `aspect` the layers are broken into rows, so that the whole is about that many times as wide as it is high.

    Wires between them lose the ways that they were led; those that would run behind nodes get new ones. Notes stay
    with the node that is nearest to them. `within` names nodes that go where another one of `sizes` goes, as the
    members of a group that is shown as one card.
    """
    # Whatever the places are now: doing it again changes nothing.
    names = sorted(k for k in sizes if k in doc.nodes)
    if not names:
        return doc
    old = {k: Rect(*doc.nodes[k].position, *sizes[k]) for k in names}
    wires = {edge: ends for edge in doc.edges if (ends := _ends(edge, within, old)) is not None}
    whole = _whole(doc, names, sizes, set(wires.values()), down, aspect)
    before, after = around(old.values()), around(whole.cards.values())
    whole = whole.moved(on_grid(before.x + (before.w - after.w) / 2 - after.x),
                        on_grid(before.y + (before.h - after.h) / 2 - after.y))
    where = {k: (card.x, card.y) for k, card in whole.cards.items()}
    for name, head in within.items():
        if head in old and name in doc.nodes:
            x, y = doc.nodes[name].position
            where[name] = x + where[head][0] - old[head].x, y + where[head][1] - old[head].y
    moved = rewire.move(doc, where)
    ways = {edge: way for edge, way in moved.routes.items() if edge not in wires}
    ways |= {edge: whole.ways[ends] for edge, ends in wires.items() if ends in whole.ways}
    return _with_notes(replace(moved, routes=MappingProxyType(ways)), old, whole.cards)


def _whole(doc: Document, names: list[str], sizes: Mapping[str, Size], wires: set[Edge], down: bool,
           aspect: float | None) -> Part:
    """All nodes, those of a group together."""
    first = heads(doc, names, wires)
    members: dict[str, list[str]] = {}
    for name, head in first.items():
        members.setdefault(head, []).append(name)
    found = {head: unit(doc, part, sizes, [e for e in wires if first.get(e.source) == head
                                           or first.get(e.target) == head], down) for head, part in members.items()}
    room = {name: found[name].size if name in found else sizes[name] for name in names if first.get(name, name) == name}
    between = {Edge(source, target, e.port) for e in wires
               if (source := first.get(e.source, e.source)) != (target := first.get(e.target, e.target))}
    draw = partial(in_layers, down=down) if aspect is None else partial(in_rows, aspect=aspect, led=found.keys())
    parts = [draw(doc, part, room, inner) for part, inner in _parts(list(room), between)]
    return unfolded(packed(parts, down), found, first, wires)


def _ends(edge: Edge, within: Mapping[str, str], old: Mapping[str, Rect]) -> Edge | None:
    """The wire as it is shown: between the cards that stand for its ends; None if it is not between two of them."""
    source, target = within.get(edge.source, edge.source), within.get(edge.target, edge.target)
    return Edge(source, target, edge.port) if source != target and source in old and target in old else None


def _parts(names: Sequence[str], edges: Iterable[Edge]) -> list[tuple[list[str], list[Edge]]]:
    """Nodes that hang together with their wires, the largest part first; single nodes are one part, the last."""
    root = {name: name for name in names}

    def top(name: str) -> str:
        while root[name] != name:
            root[name] = name = root[root[name]]
        return name

    wires = sorted(edges)
    for edge in wires:
        root[top(edge.source)] = top(edge.target)
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(top(name), []).append(name)
    inner: dict[str, list[Edge]] = {}
    for edge in wires:
        inner.setdefault(top(edge.source), []).append(edge)
    parts = [(part, inner[key]) for key, part in members.items() if len(part) > 1]
    single = [part[0] for part in members.values() if len(part) == 1]
    return sorted(parts, key=lambda part: -len(part[0])) + ([(single, [])] if single else [])


def _with_notes(doc: Document, old: Mapping[str, Rect], new: Mapping[str, Rect]) -> Document:
    """Every note goes where the node went that was nearest to it, if that was arranged."""
    notes = {}
    for name, note in doc.notes.items():
        x, y = note.position[0] + note.size[0] / 2, note.position[1] + note.size[1] / 2
        near = min(doc.nodes, key=lambda k: math.dist((x, y), _middle(old, doc.nodes[k])))
        if near in old:
            dx, dy = new[near].x - old[near].x, new[near].y - old[near].y
            notes[name] = replace(note, position=(note.position[0] + dx, note.position[1] + dy))
    return replace(doc, notes=MappingProxyType({**doc.notes, **notes})) if notes else doc


def _middle(old: Mapping[str, Rect], node: Node) -> Point:
    card = old.get(node.id, Rect(*node.position, 0.0, 0.0))
    return card.x + card.w / 2, card.y + card.h / 2
