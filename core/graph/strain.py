"""Layered drawing of a directed graph: where a straight block should be cut, because its ends are pulled elsewhere."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from core.graph.layered import Arc, Layers

# How much it matters that a segment is straight: between nodes, from a node to a way around others, along such a way.
REAL, END, LANE = 4.0, 1.0, 2.0
# Closer than this, nothing pulls: a small step is worse than a wire that is not quite straight.
NEAR = 96.0
SLACK = 1.0


def weight(layers: Layers, v: int, w: int) -> float:
    """How strongly a segment pulls."""
    return (REAL, END, LANE)[(v >= layers.real) + (w >= layers.real)]


def strained(layers: Layers, block: Sequence[int], middles: Sequence[float],
             rooms: Mapping[Arc, float]) -> set[Arc]:
    """Segments inside of blocks at which one side, if it were free, would move by more than it costs to bend there.

    `rooms` is the least distance of two blocks that are neighbours in a layer.
    """
    members: dict[int, list[int]] = {}
    for row in layers.rows:
        for v in row:
            members.setdefault(block[v], []).append(v)
    pulls = _pulls(layers, block, middles)
    held = _held(layers, block, middles, rooms)
    cuts: set[Arc] = set()
    for row in members.values():
        if len(row) > 1:
            cuts |= _cuts(layers, row, pulls, held)
    return cuts


def _cuts(layers: Layers, row: list[int], pulls: Sequence[float], held: Mapping[tuple[int, bool], bool]) -> set[Arc]:
    """Where to cut one block: where its sides are pulled apart, or beside what holds it back."""
    before = list(accumulate(pulls[v] for v in row))
    total = before[-1]
    found: dict[Arc, float] = {}
    down = total > 0
    stuck = [at for at, v in enumerate(row) if held.get((v, down), False)]
    for at, (v, w) in enumerate(pairwise(row)):
        left, right = before[at], total - before[at]
        bend = weight(layers, v, w)
        apart = left * right < 0 and min(abs(left), abs(right)) > bend
        free_left = stuck and at == stuck[0] - 1 and abs(left) > bend and (left > 0) == down
        free_right = stuck and at == stuck[-1] and abs(right) > bend and (right > 0) == down
        if apart or free_left or free_right:
            found[v, w] = abs(left - right)
    if not found:
        return set()
    return {max(found, key=found.__getitem__)}


def _pulls(layers: Layers, block: Sequence[int], middles: Sequence[float]) -> list[float]:
    """How strongly each vertex is pulled down (above 0) or up by what is outside of its block."""
    pulls = [0.0] * len(block)
    for index in range(len(layers.rows) - 1):
        for v, w in layers.segments(index):
            way = middles[w] - middles[v]
            if block[v] != block[w] and abs(way) > NEAR:
                force = weight(layers, v, w) if way > 0 else -weight(layers, v, w)
                pulls[v] += force
                pulls[w] -= force
    return pulls


def _held(layers: Layers, block: Sequence[int], middles: Sequence[float],
          rooms: Mapping[Arc, float]) -> dict[tuple[int, bool], bool]:
    """Vertices that touch the next one below (True) or above (False)."""
    held: dict[tuple[int, bool], bool] = {}
    for row in layers.rows:
        for u, v in pairwise(row):
            if middles[v] - middles[u] <= rooms[block[u], block[v]] + SLACK:
                held[u, True] = held[v, False] = True
    return held
