"""Layered drawing of a directed graph: where in its layer each vertex stands, so that long chains are straight.

Vertices that follow each other are joined into straight blocks, the ones that matter most first, as in Brandes, Köpf
2001, Fast and simple horizontal coordinate assignment. Then the blocks move towards their neighbours.
"""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from core.graph.layered import Arc, Layers

ROUNDS = 40
SWEEPS = 6
GRID = 8.0
# How much it matters that a segment is straight: between nodes, from a node to a way around others, along such a way.
REAL, END, LANE = 4.0, 1.0, 2.0


def straightened(layers: Layers, sizes: Sequence[float], gaps: tuple[float, float]) -> list[float]:
    """The middle of every vertex, across the layers, on the grid. `sizes` are across the layers; `gaps` is the least
    room between two nodes, and between two vertices of which one is a dummy."""
    block = _blocks(layers)
    order, before, after = _constraints(layers, block, sizes, gaps)
    if len(order) < len(set(block)):
        block = list(range(len(layers.layer)))
        order, before, after = _constraints(layers, block, sizes, gaps)
    pulls = _pulls(layers, block)
    place = _settle(order, before, after, pulls)
    return [round(place[b] / GRID) * GRID for b in block]


def _weight(layers: Layers, v: int, w: int) -> float:
    dummies = (v >= layers.real) + (w >= layers.real)
    return (REAL, END, LANE)[dummies]


def _blocks(layers: Layers) -> list[int]:
    """For every vertex the first vertex of its straight block."""
    following: dict[int, int] = {}
    leading: dict[int, int] = {}
    for index in range(len(layers.rows) - 1):
        drawn: list[Arc] = []
        for v, w in sorted(layers.segments(index), key=lambda arc: _rank(layers, *arc)):
            if v in following or w in leading:
                continue
            pair = layers.place[v], layers.place[w]
            at = bisect_left(drawn, pair)
            if (at and drawn[at - 1][1] > pair[1]) or (at < len(drawn) and drawn[at][1] < pair[1]):
                continue
            drawn.insert(at, pair)
            following[v], leading[w] = w, v
    block = list(range(len(layers.layer)))
    for row in layers.rows[1:]:
        for w in row:
            if w in leading:
                block[w] = block[leading[w]]
    return block


def _rank(layers: Layers, v: int, w: int) -> tuple[float, int, int, int]:
    """What is joined first: nodes in a chain, nodes, ways; and of several the one in the middle."""
    ahead, behind = layers.ahead[v], layers.behind[w]
    real = v < layers.real and w < layers.real
    kind = 0 if real and len(ahead) == len(behind) == 1 else 1 if real else 2 if v >= layers.real <= w else 3
    return kind, _aside(layers, w, ahead) + _aside(layers, v, behind), layers.place[v], layers.place[w]


def _aside(layers: Layers, v: int, among: list[int]) -> int:
    above = sum(layers.place[u] < layers.place[v] for u in among)
    return abs(2 * above - len(among) + 1)


Rules = dict[int, list[tuple[int, float]]]


def _constraints(layers: Layers, block: list[int], sizes: Sequence[float],
                 gaps: tuple[float, float]) -> tuple[list[int], Rules, Rules]:
    """The blocks from top to bottom, and what must lie at least how far before and after each."""
    least: dict[Arc, float] = {}
    for row in layers.rows:
        for u, v in zip(row, row[1:], strict=False):
            gap = gaps[u >= layers.real or v >= layers.real]
            room = -(-((sizes[u] + sizes[v]) / 2 + gap) // GRID) * GRID
            pair = block[u], block[v]
            least[pair] = max(least.get(pair, 0.0), room)
    before: Rules = {b: [] for b in block}
    after: Rules = {b: [] for b in block}
    for (a, b), room in least.items():
        before[b].append((a, room))
        after[a].append((b, room))
    missing = {b: len(before[b]) for b in before}
    order = [b for b in before if not missing[b]]
    for a in order:
        for b, _ in after[a]:
            missing[b] -= 1
            if not missing[b]:
                order.append(b)
    return order, before, after


def _pulls(layers: Layers, block: list[int]) -> Rules:
    """Which blocks pull at each, and how strongly."""
    pulls: Rules = {b: [] for b in block}
    for index in range(len(layers.rows) - 1):
        for v, w in layers.segments(index):
            if block[v] != block[w]:
                weight = _weight(layers, v, w)
                pulls[block[v]].append((block[w], weight))
                pulls[block[w]].append((block[v], weight))
    return pulls


def _settle(order: list[int], before: Rules, after: Rules, pulls: Rules) -> dict[int, float]:
    """Places for the blocks. All ever tried keep their distances: so does the middle of two places that do."""
    place = dict.fromkeys(order, 0.0)
    for b in order:
        place[b] = max((place[a] + room for a, room in before[b]), default=0.0)
    best, least = place, _cost(place, pulls)
    for _ in range(ROUNDS):
        wanted = {b: _median([(place[a], weight) for a, weight in pulls[b]], place[b]) for b in order}
        down, up = dict[int, float](), dict[int, float]()
        for b in order:
            down[b] = max([wanted[b], *(down[a] + room for a, room in before[b])])
        for b in reversed(order):
            up[b] = min([wanted[b], *(up[a] - room for a, room in after[b])])
        place = {b: (down[b] + up[b]) / 2 for b in order}
        cost = _cost(place, pulls)
        if cost < least:
            best, least = place, cost
    _relax(best, order, before, after, pulls)
    return best


def _relax(place: dict[int, float], order: list[int], before: Rules, after: Rules, pulls: Rules) -> None:
    """Let one block after the other go where it wants to, as far as its neighbours leave room."""
    for sweep in range(SWEEPS):
        for b in order if sweep % 2 else reversed(order):
            if pulls[b]:
                wanted = _median([(place[a], weight) for a, weight in pulls[b]], place[b])
                low = max((place[a] + room for a, room in before[b]), default=wanted)
                high = min((place[a] - room for a, room in after[b]), default=wanted)
                place[b] = max(low, min(high, wanted))


def _cost(place: dict[int, float], pulls: Rules) -> float:
    return sum(weight * abs(place[a] - place[b]) for b, ends in pulls.items() for a, weight in ends)


def _median(values: list[tuple[float, float]], default: float) -> float:
    """The weighted median: the middle of all places that are equally good."""
    if not values:
        return default
    values.sort()
    half, total = sum(weight for _, weight in values) / 2, 0.0
    for index, (value, weight) in enumerate(values):
        total += weight
        if total > half:
            return value
        if total == half:
            return (value + values[index + 1][0]) / 2
    return values[-1][0]
