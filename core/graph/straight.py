"""Layered drawing of a directed graph: where in its layer each vertex stands, so that long chains are straight.

Vertices that follow each other are joined into straight blocks, the ones that matter most first, as in Brandes, Köpf
2001, Fast and simple horizontal coordinate assignment. Then the blocks move towards their neighbours.
"""
from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from core.graph.layered import Arc, Layers
from core.graph.strain import strained, weight

MOST_CUTS, PATIENCE = 10, 3
# Vertices times rounds that may be tried.
EFFORT = 15_000
MEANS, MEDIANS = 24, 12
GRID = 8.0


def straightened(layers: Layers, sizes: Sequence[float], gaps: tuple[float, float]) -> list[float]:
    """The middle of every vertex, across the layers, on the grid. `sizes` are across the layers; `gaps` is the least
    room between two nodes, and between two vertices of which one is a dummy."""
    cuts: set[Arc] = set()
    best, least = [0.0] * len(layers.layer), float("inf")
    patience = PATIENCE
    for _ in range(max(2, min(MOST_CUTS, EFFORT // len(best)))):
        block = _blocks(layers, cuts)
        order, before, after = _constraints(layers, block, sizes, gaps)
        pulls = _pulls(layers, block)
        place = _settle(order, before, after, pulls)
        middles, cost = [place[b] for b in block], _cost(place, pulls)
        patience = PATIENCE if cost < least else patience - 1
        if cost < least:
            best, least = middles, cost
        more = strained(layers, block, middles, {(a, b): room for a in order for b, room in after[a]}) - cuts
        if not more or not patience:
            break
        cuts |= more
    return [math.floor(middle / GRID + 0.5) * GRID for middle in best]


def _blocks(layers: Layers, cuts: set[Arc]) -> list[int]:
    """For every vertex the first vertex of its straight block."""
    following: dict[int, int] = {}
    leading: dict[int, int] = {}
    for index in range(len(layers.rows) - 1):
        drawn: list[Arc] = []
        for v, w in sorted(layers.segments(index), key=lambda arc: _rank(layers, *arc)):
            if v in following or w in leading or (v, w) in cuts:
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
        for u, v in pairwise(row):
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
                force = weight(layers, v, w)
                pulls[block[v]].append((block[w], force))
                pulls[block[w]].append((block[v], force))
    return pulls


def _settle(order: list[int], before: Rules, after: Rules, pulls: Rules) -> dict[int, float]:
    """Places for the blocks: one after the other goes where it is pulled, as far as its neighbours leave room."""
    place = _packed(order, before, after)
    for number in range(MEANS + MEDIANS):
        # Means first: clusters move as a whole. Medians then: what can be straight becomes straight.
        middle = _mean if number < MEANS else _median
        for b in order if number % 2 else reversed(order):
            if pulls[b]:
                wanted = middle([(place[a], force) for a, force in pulls[b]])
                low = max([place[a] + room for a, room in before[b]], default=wanted)
                high = min([place[a] - room for a, room in after[b]], default=max(low, wanted))
                place[b] = min(high, max(low, wanted))
    return place


def _packed(order: list[int], before: Rules, after: Rules) -> dict[int, float]:
    """The blocks close together, halfway between as high and as low as possible."""
    high, low = dict[int, float](), dict[int, float]()
    for b in order:
        high[b] = max((high[a] + room for a, room in before[b]), default=0.0)
    deepest = max(high.values(), default=0.0)
    for b in reversed(order):
        low[b] = min((low[a] - room for a, room in after[b]), default=deepest)
    return {b: (high[b] + low[b]) / 2 for b in order}


def _cost(place: dict[int, float], pulls: Rules) -> float:
    return sum(weight * abs(place[a] - place[b]) for b, ends in pulls.items() for a, weight in ends)


def _mean(values: list[tuple[float, float]]) -> float:
    return sum(value * force for value, force in values) / sum(force for _, force in values)


def _median(values: list[tuple[float, float]]) -> float:
    """The weighted median: the middle of all places that are equally good."""
    values.sort()
    half, total, last = sum(force for _, force in values) / 2, 0.0, -1
    for index, (_, force) in enumerate(values):
        total += force
        if total == half:
            last = index
        elif total > half:
            return (values[index][0] + values[last if last >= 0 else index][0]) / 2
    return values[-1][0]
