"""Drawing nodes that hang together in layers: where their cards stand, and the ways of wires around others."""
from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from core.graph import lanes
from core.graph.document import Document, Edge, Node, Point
from core.graph.layered import Arc, Layers, layered
from core.graph.layout import Rect, around
from core.graph.straight import straightened
from core.layers import LAYERS

GRID = 8.0
# Between layers, between nodes of a layer, beside a wire that leads around others, between parts without a wire.
AHEAD, BESIDE, LANE, APART = 56.0, 32.0, 24.0, 64.0
# The same in layers below each other: there wires turn around beside the cards.
AWAY = 48.0
STEEP, WIDEST = 0.15, 72.0

Size = tuple[float, float]
Way = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes that hang together, drawn from (0, 0) on, with the ways of wires that lead around others."""

    cards: dict[str, Rect]
    ways: dict[Edge, Way]

    def moved(self, dx: float, dy: float) -> Part:
        """The same elsewhere."""
        ways = {edge: shifted(way, dx, dy) for edge, way in self.ways.items()}
        return Part({k: card.moved(dx, dy) for k, card in self.cards.items()}, ways)

    def box(self) -> Rect:
        """The rectangle around all of it."""
        points = [Rect(x, y, 0.0, 0.0) for way in self.ways.values() for x, y in way]
        return around([*self.cards.values(), *points])


@dataclass(frozen=True, slots=True)
class Plan:
    """Layers with their places: where each begins and ends, and the middles of the vertices across them."""

    found: Layers
    starts: list[float]
    ends: list[float]
    middles: list[float]
    cards: list[Rect]
    down: bool

    @classmethod
    def of(cls, found: Layers, sizes: list[Size], down: bool) -> Plan:
        """Put vertices of these sizes into their places."""
        along, across = (1, 0) if down else (0, 1)
        lengths = [size[across] for size in sizes] + [0.0] * (len(found.layer) - len(sizes))
        gaps = (AWAY, AWAY) if down else (BESIDE, LANE)
        # Half of a card's width and height is an odd number of half steps: so their corners are on the grid.
        middles = [middle + GRID / 2 for middle in straightened(found, lengths, gaps)]
        starts, ends = _columns(found, [size[along] for size in sizes], middles, down)
        cards = []
        for v, size in enumerate(sizes):
            ahead = on_grid((starts[found.layer[v]] + ends[found.layer[v]] - size[along]) / 2)
            beside = middles[v] - size[across] / 2
            cards.append(Rect(*((beside, ahead) if down else (ahead, beside)), *size))
        return cls(found, starts, ends, middles, cards, down)

    def way(self, v: int, w: int) -> Way:
        """The way of a wire through the layers between its ends."""
        chain = self.found.chains.get((v, w), [])
        layer = self.found.layer
        return lanes.way([(self.starts[layer[u]], self.ends[layer[u]], self.middles[u]) for u in chain], self.down)

    def hidden(self, v: int, w: int) -> bool:
        """True if the plain curve of a wire would run behind a card between its ends."""
        rows = range(self.found.layer[v] + 1 - self.down, self.found.layer[w] + self.down)
        between = [u for row in rows for u in self.found.rows[row] if u < len(self.cards) and u not in (v, w)]
        return lanes.blocked(self.cards[v], self.cards[w], [self.cards[u] for u in between if self.cards[u].w])

    def led(self, v: int, w: int) -> Way | None:
        """The way that a wire needs, or None if its plain curve will do."""
        if self.down and (v, w) in self.found.chains:
            return lanes.wrapped(self.way(v, w), self.cards[v], self.cards[w])
        if not self.hidden(v, w):
            return None
        return lanes.across(self.cards[v], self.cards[w]) if self.down else self.way(v, w)


def arcs_of(doc: Document, index: Mapping[str, int], edges: Collection[Edge]) -> dict[Arc, float]:
    """Wires between vertices, with the height at which each enters its target."""
    ports = ((e, _height(doc.nodes[e.target], e.port)) for e in sorted(edges, reverse=True))
    return {(index[e.source], index[e.target]): height for e, height in ports}


def in_layers(doc: Document, names: list[str], sizes: Mapping[str, Size], edges: list[Edge], down: bool) -> Part:
    """Draw nodes that hang together."""
    if not edges:
        return _shelf(names, sizes, down)
    index = {name: i for i, name in enumerate(names)}
    plan = Plan.of(layered(len(names), arcs_of(doc, index, edges)), [sizes[name] for name in names], down)
    led = {edge: plan.led(index[edge.source], index[edge.target]) for edge in edges}
    return Part(dict(zip(names, plan.cards, strict=True)), {edge: way for edge, way in led.items() if way is not None})


def packed(parts: list[Part], down: bool) -> Part:
    """All parts in one, below each other, or beside each other if they lead down."""
    cards, ways, at = dict[str, Rect](), dict[Edge, Way](), 0.0
    for part in parts:
        box = part.box()
        dx, dy = (at - box.x, -box.y) if down else (-box.x, at - box.y)
        placed = part.moved(on_grid(dx), on_grid(dy))
        cards |= placed.cards
        ways |= placed.ways
        at += (box.w if down else box.h) + APART
    return Part(cards, ways)


def shifted(way: Way, dx: float, dy: float) -> Way:
    """The same way elsewhere."""
    return tuple((x + dx, y + dy) for x, y in way)


def on_grid(value: float) -> float:
    """The nearest multiple of the grid."""
    return math.floor(value / GRID + 0.5) * GRID


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


def _shelf(names: list[str], sizes: Mapping[str, Size], down: bool) -> Part:
    """Nodes without wires, in rows that are about as wide as they are high together."""
    many = max(1, math.ceil(math.sqrt(len(names) / 3)))
    columns = many if down else math.ceil(len(names) / many)
    width, height = max(sizes[k][0] for k in names) + BESIDE, max(sizes[k][1] for k in names) + BESIDE
    return Part({k: Rect(i % columns * width, i // columns * height, *sizes[k]) for i, k in enumerate(names)}, {})
