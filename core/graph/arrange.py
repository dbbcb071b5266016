"""Arranging a network by itself: in layers from left to right, or from top to bottom."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.graph import lanes, rewire
from core.graph.document import Document, Edge, Node, Point
from core.graph.layered import Layers, layered
from core.graph.layout import Rect, around
from core.graph.straight import straightened
from core.layers import LAYERS
from core.params import EMPTY

GRID = 8.0
# Between layers, between nodes of a layer, beside a wire that leads around others, between parts without a wire.
AHEAD, BESIDE, LANE, APART = 56.0, 32.0, 24.0, 64.0
# The same in layers below each other: there wires turn around beside the cards.
AWAY = 48.0
STEEP, WIDEST = 0.15, 72.0

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Part:
    """Nodes that hang together, drawn from (0, 0) on, with the ways of wires that lead around others."""

    cards: dict[str, Rect]
    ways: dict[Edge, tuple[Point, ...]]

    def moved(self, dx: float, dy: float) -> _Part:
        ways = {edge: tuple((x + dx, y + dy) for x, y in way) for edge, way in self.ways.items()}
        return _Part({k: card.moved(dx, dy) for k, card in self.cards.items()}, ways)

    def box(self) -> Rect:
        points = [Rect(x, y, 0.0, 0.0) for way in self.ways.values() for x, y in way]
        return around([*self.cards.values(), *points])


def arrange(doc: Document, sizes: Mapping[str, Size], *, down: bool = False,
            within: Mapping[str, str] = EMPTY) -> Document:
    """The document with the nodes in `sizes` (width, height) in layers, around the middle of where they are now.

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
    parts = _parts(names, wires.values())
    whole = _packed([_drawn(doc, part, sizes, inner, down) for part, inner in parts], down)
    before, after = around(old.values()), around(whole.cards.values())
    whole = whole.moved(_grid(before.x + (before.w - after.w) / 2 - after.x),
                        _grid(before.y + (before.h - after.h) / 2 - after.y))
    where = {k: (card.x, card.y) for k, card in whole.cards.items()}
    for name, head in within.items():
        if head in old and name in doc.nodes:
            x, y = doc.nodes[name].position
            where[name] = x + where[head][0] - old[head].x, y + where[head][1] - old[head].y
    moved = rewire.move(doc, where)
    ways = {edge: way for edge, way in moved.routes.items() if edge not in wires}
    ways |= {edge: whole.ways[ends] for edge, ends in wires.items() if ends in whole.ways}
    return _with_notes(replace(moved, routes=MappingProxyType(ways)), old, whole.cards)


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


def _drawn(doc: Document, names: list[str], sizes: Mapping[str, Size], edges: list[Edge], down: bool) -> _Part:
    if not edges:
        return _shelf(names, sizes, down)
    index = {name: i for i, name in enumerate(names)}
    arcs = {(index[e.source], index[e.target]): _height(doc.nodes[e.target], e.port) for e in reversed(edges)}
    found = layered(len(names), arcs)
    along, across = (1, 0) if down else (0, 1)
    lengths = [sizes[name][across] for name in names] + [0.0] * (len(found.layer) - len(names))
    # Half of a card's width and height is an odd number of half steps: so their corners are on the grid.
    middles = [middle + GRID / 2 for middle in straightened(found, lengths, (AWAY, AWAY) if down else (BESIDE, LANE))]
    starts, ends = _columns(found, [sizes[name][along] for name in names], middles, down)
    cards = {}
    for name, v in index.items():
        at = found.layer[v]
        ahead = _grid((starts[at] + ends[at] - sizes[name][along]) / 2)
        beside = middles[v] - sizes[name][across] / 2
        cards[name] = Rect(*((beside, ahead) if down else (ahead, beside)), *sizes[name])
    ways = {}
    for edge in edges:
        chain = found.chains.get((index[edge.source], index[edge.target]), [])
        way = lanes.way([(starts[found.layer[v]], ends[found.layer[v]], middles[v]) for v in chain], down)
        source, target = index[edge.source], index[edge.target]
        rows = range(found.layer[source] + 1 - down, found.layer[target] + down)
        between = [v for row in rows for v in found.rows[row] if v < len(names) and v not in (source, target)]
        others = [cards[names[v]] for v in between]
        if chain and down:
            ways[edge] = lanes.wrapped(way, cards[edge.source], cards[edge.target])
        elif lanes.blocked(cards[edge.source], cards[edge.target], others):
            ways[edge] = lanes.across(cards[edge.source], cards[edge.target]) if down else way
    return _Part(cards, ways)


def _height(node: Node, port: str) -> float:
    """Where a port is on the edge of its card, from -0.5 at the top to 0.5."""
    names = [p.name for p in LAYERS[node.kind].inputs] if node.kind in LAYERS else [port]
    return (names.index(port) + 0.5) / len(names) - 0.5 if port in names else 0.0


def _columns(found: Layers, sizes: list[float], middles: list[float], down: bool) -> tuple[list[float], list[float]]:
    """Where each layer begins and ends. Steep wires get more room."""
    starts, ends, at = list[float](), list[float](), 0.0
    for number, row in enumerate(found.rows):
        width = max((sizes[v] for v in row if v < found.real), default=0.0)
        starts.append(at)
        ends.append(at + width)
        steep = max((abs(middles[v] - middles[w]) for v, w in found.segments(number)), default=0.0)
        room = lanes.BELOW if down else AHEAD + min(WIDEST, max(0.0, steep - APART) * STEEP)
        at = math.ceil((at + width + room) / GRID) * GRID
    return starts, ends


def _shelf(names: list[str], sizes: Mapping[str, Size], down: bool) -> _Part:
    """Nodes without wires, in rows that are about as wide as they are high together."""
    many = max(1, math.ceil(math.sqrt(len(names) / 3)))
    columns = many if down else math.ceil(len(names) / many)
    width, height = max(sizes[k][0] for k in names) + BESIDE, max(sizes[k][1] for k in names) + BESIDE
    return _Part({k: Rect(i % columns * width, i // columns * height, *sizes[k]) for i, k in enumerate(names)}, {})


def _packed(parts: list[_Part], down: bool) -> _Part:
    """All parts in one, below each other, or beside each other if they lead down."""
    cards, ways, at = dict[str, Rect](), dict[Edge, tuple[Point, ...]](), 0.0
    for part in parts:
        box = part.box()
        placed = part.moved(_grid(at - box.x), _grid(-box.y)) if down else part.moved(_grid(-box.x), _grid(at - box.y))
        cards |= placed.cards
        ways |= placed.ways
        at += (box.w if down else box.h) + APART
    return _Part(cards, ways)


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


def _grid(value: float) -> float:
    return math.floor(value / GRID + 0.5) * GRID
