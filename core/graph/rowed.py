"""Drawing a network in rows: layers from left to right, cut where few wires cross, and stacked like lines of text."""
from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.graph.document import Document, Edge
from core.graph.drawing import AHEAD, BESIDE, LANE, Part, Size, Way, arcs_of, in_layers, on_grid
from core.graph.layered import Layers, layered
from core.graph.piece import DOOR, Piece, piece

# Between two rows, for every further wire there, how far a wire turns beside the rows, and how near a plain curve may
# come to a row.
BETWEEN, MORE, TURN, NEAR = 56.0, 16.0, 36.0, 12.0
# What it costs to cut a row where several sources, or several wires of one, cross.
SOURCES, WIRES = 0.5, 0.15
# The same between two nodes that are drawn as neurons: lines between those cannot turn from row to row.
BARRED = 100.0
# The share of the last row that may be empty, and how much worse it is from there on.
VACANT, LONELY = 0.6, 5.0
AROUND = 3
# What is no wider than that, about four cards, is not cut.
SHORT = 900.0


@dataclass(frozen=True, slots=True)
class _Strip:
    """What is known of the layers before they are cut: widths, heights, and how bad a cut before each would be."""

    widths: list[float]
    heights: list[float]
    price: list[float]

    def cut(self, wanted: float) -> list[int]:
        """Where rows begin that are about as wide as `wanted`."""
        best, back = [0.0], [0]
        for end in range(1, len(self.widths) + 1):
            tries, width, free = list[tuple[float, int]](), 0.0, False
            for start in reversed(range(end)):
                width += self.widths[start]
                if width > 1.5 * wanted and free:
                    break
                uneven = width / wanted - 1
                # The last row may be short, but not one node alone.
                uneven = LONELY * min(0.0, uneven + VACANT) if uneven < 0 and end == len(self.widths) else uneven
                cost = uneven * uneven
                free |= self.price[start] < BARRED
                tries.append((best[start] + self.price[start] + cost, start))
            cost, start = min(tries)
            best.append(cost)
            back.append(start)
        starts, at = list[int](), len(self.widths)
        while at:
            at = back[at]
            starts.append(at)
        return starts[::-1]

    def extent(self, starts: Sequence[int]) -> tuple[float, float]:
        """About how wide and high these rows are together."""
        rows = [slice(a, b) for a, b in zip(starts, [*starts[1:], len(self.widths)], strict=True)]
        height = sum(max(self.heights[row]) for row in rows) + BETWEEN * (len(rows) - 1)
        return max(sum(self.widths[row]) for row in rows), height


def in_rows(doc: Document, names: list[str], sizes: Mapping[str, Size], edges: list[Edge], aspect: float,
            led: Collection[str] = ()) -> Part:
    """Draw nodes that hang together so that the whole is about `aspect` times as wide as it is high.

    The wires of `led` nodes have a way from row to row even where a plain curve would do.
    """
    index = {name: v for v, name in enumerate(names)}
    found = layered(len(names), arcs_of(doc, index, edges))
    starts = _starts(_strip(doc, found, names, sizes, edges), aspect) if edges else [0]
    if len(starts) == 1:
        return in_layers(doc, names, sizes, edges, False)
    layer = {name: found.layer[v] for name, v in index.items()}
    # The wires of a loop that lead back are no part of the layers.
    ahead = [e for e in edges if layer[e.source] < layer[e.target]]
    pieces = []
    for begin, end in zip(starts, [*starts[1:], len(found.rows)], strict=True):
        depth = {k: layer[k] - begin for k in names if begin <= layer[k] < end}
        near = [e for e in ahead if layer[e.source] < end and layer[e.target] >= begin]
        leaving = sorted({e.source for e in near if layer[e.target] >= end})
        near = [e for e in near if layer[e.source] < begin or layer[e.target] < end]
        pieces.append(piece(doc, depth, sizes, near, leaving))
    return _joined(_stacked(pieces), ahead, set(led))


def _strip(doc: Document, found: Layers, names: Sequence[str], sizes: Mapping[str, Size],
           edges: Sequence[Edge]) -> _Strip:
    widths, heights = list[float](), list[float]()
    for row in found.rows:
        real = [sizes[names[v]] for v in row if v < found.real]
        widths.append(max((w for w, _ in real), default=0.0) + AHEAD)
        heights.append(sum(h + BESIDE for _, h in real) + LANE * (len(row) - len(real)))
    layer = {name: found.layer[v] for v, name in enumerate(names)}
    sources: list[set[str]] = [set() for _ in found.rows]
    wires, bars = [0] * len(found.rows), [0] * len(found.rows)
    for edge in edges:
        for at in range(layer[edge.source] + 1, layer[edge.target] + 1):
            sources[at].add(edge.source)
            wires[at] += 1
            bars[at] += doc.nodes[edge.source].neurons and doc.nodes[edge.target].neurons
    price = [SOURCES * max(0, len(s) - 1) + WIRES * (n - len(s)) + BARRED * b
             for s, n, b in zip(sources, wires, bars, strict=True)]
    return _Strip(widths, heights, price)


def _starts(strip: _Strip, aspect: float) -> list[int]:
    """The rows that can be shown largest in a view of this aspect."""
    whole = sum(strip.widths)
    if whole <= SHORT:
        return [0]
    middle = max(1, round(math.sqrt(whole / (aspect * (max(strip.heights) + BETWEEN)))))
    tries = [[0], *(strip.cut(whole / many) for many in range(max(1, middle - AROUND), middle + AROUND + 1))]

    def badness(starts: list[int]) -> float:
        width, height = strip.extent(starts)
        return max(width, height * aspect) * (1 + 0.1 * sum(strip.price[at] for at in starts))

    return min(tries, key=badness)


def _stacked(pieces: list[Piece]) -> list[Piece]:
    """The pieces below each other."""
    rows, at = list[Piece](), 0.0
    for part in pieces:
        box = part.box()
        extra = MORE * max(0, len(part.doors[0]) - 1)
        at += (BETWEEN + extra if rows else 0.0)
        rows.append(part.moved(0.0, on_grid(at - box.y)))
        at = rows[-1].box().bottom
    return rows


def _joined(rows: list[Piece], edges: list[Edge], led: set[str]) -> Part:
    """One drawing of all rows, with the ways of the wires between them."""
    row_of = {name: at for at, row in enumerate(rows) for name in row.cards}
    cards = {name: card for row in rows for name, card in row.cards.items()}
    ways = {edge: way for row in rows for edge, way in row.inside.items()}
    for edge in edges:
        first, last = row_of[edge.source], row_of[edge.target]
        if first == last:
            continue
        way = list(rows[first].out[edge.source])
        for at in range(first + 1, last + 1):
            rest = rows[at].into[edge] if at == last else rows[at].through[edge.source]
            way += [*_turn(rows[at - 1], rows[at], edge.source, bool(rest)), *rest]
        if led & {edge.source, edge.target} or last > first + 1 or not _plain(rows[first], rows[last], edge):
            ways[edge] = tuple(way)
    return Part(cards, ways)


def _turn(above: Piece, below: Piece, source: str, door: bool) -> Way:
    """From the right edge of a row back to the left edge of the next, through the room between them."""
    order = sorted(above.doors[1], key=lambda name: above.doors[1][name])
    number = order.index(source)
    start, end = above.doors[1][source], below.doors[0][source]
    top, bottom = above.box().bottom, below.box().y
    level = bottom - (bottom - top) * (number + 1) / (len(order) + 1)
    right, left = max(card.right for card in above.cards.values()), -DOOR[0] if door else 0.0
    # The highest wire turns outermost on the right and innermost on the left: so they do not cross.
    far, near = TURN + MORE * (len(order) - 1 - number), TURN + MORE * number
    return (right + far, (start + level) / 2), (right, level), (left, level), (left - near, (level + end) / 2)


def _plain(above: Piece, below: Piece, edge: Edge) -> bool:
    """True if the plain curve of a wire that goes back runs clear between the rows."""
    if above.out[edge.source] or below.into[edge] or len(above.doors[1]) > 1:
        return False
    level = (above.doors[1][edge.source] + below.doors[0][edge.source]) / 2
    return above.box().bottom + NEAR <= level <= below.box().y - NEAR
