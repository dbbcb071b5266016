"""Layered drawing of a directed graph: which layer each node is in, and in which order they stand there.

Sources: Sugiyama, Tagawa, Toda 1981, Methods for visual understanding of hierarchical system structures; Gansner,
Koutsofios, North, Vo 1993, A technique for drawing directed graphs.
"""
from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SWEEPS = 16
PATIENCE = 4

Arc = tuple[int, int]


@dataclass(slots=True)
class Layers:
    """Vertices by layer. Those from `real` on are dummies: a wire over several layers has one in each between.

    `ahead` and `behind` lead to the neighbours in the next and the previous layer; `chains` gives the dummies of every
    wire that has any; `lean` says how far above (below 0) or below its middle a segment enters a vertex.
    """

    real: int
    rows: list[list[int]]
    layer: list[int]
    ahead: list[list[int]]
    behind: list[list[int]]
    chains: dict[Arc, list[int]] = field(default_factory=dict)
    lean: dict[Arc, float] = field(default_factory=dict)
    place: list[int] = field(default_factory=list)

    def segments(self, index: int) -> list[Arc]:
        """The pieces of wires from this layer to the next."""
        return [(v, w) for v in self.rows[index] for w in self.ahead[v]]

    def number(self) -> None:
        """Note the place of every vertex in its layer."""
        self.place = [0] * len(self.layer)
        for row in self.rows:
            for at, v in enumerate(row):
                self.place[v] = at


def layered(count: int, arcs: Mapping[Arc, float], depth: list[int] | None = None) -> Layers:
    """Layers of the vertices 0 to `count` - 1 with few crossings. `arcs` are wires with the height at which each enters
    its target, from -0.5 to 0.5; of a loop, those that lead back are left out. `depth` gives the layer of every vertex,
    if that is settled."""
    depth = _depths(count, list(arcs)) if depth is None else depth
    found = _with_dummies(count, {(v, w): lean for (v, w), lean in arcs.items() if depth[v] < depth[w]}, depth)
    _untangle(found)
    return found


def crossings(layers: Layers) -> int:
    """How often segments cross."""
    total = 0
    for index in range(len(layers.rows) - 1):
        ends = sorted((layers.place[v], layers.place[w] + layers.lean.get((v, w), 0.0))
                      for v, w in layers.segments(index))
        seen: list[float] = []
        for _, end in ends:
            total += len(seen) - bisect_right(seen, end)
            insort(seen, end)
    return total


def _depths(count: int, arcs: Sequence[Arc]) -> list[int]:
    """Each vertex one behind the last that leads to it; those with more wires ahead than behind move up to them."""
    ahead: list[list[int]] = [[] for _ in range(count)]
    missing = [0] * count
    for v, w in arcs:
        ahead[v].append(w)
        missing[w] += 1
    behind = list(missing)
    depth = [0] * count
    order = [v for v in range(count) if not missing[v]]
    for v in order:
        for w in ahead[v]:
            depth[w] = max(depth[w], depth[v] + 1)
            missing[w] -= 1
            if not missing[w]:
                order.append(w)
    for v in reversed(order):
        if len(ahead[v]) > behind[v]:
            depth[v] = min(depth[w] for w in ahead[v]) - 1
    used = {d: i for i, d in enumerate(sorted(set(depth)))}
    return [used[d] for d in depth]


def _with_dummies(count: int, arcs: Mapping[Arc, float], depth: list[int]) -> Layers:
    layer = list(depth)
    ahead: list[list[int]] = [[] for _ in range(count)]
    behind: list[list[int]] = [[] for _ in range(count)]
    chains: dict[Arc, list[int]] = {}
    lean: dict[Arc, float] = {}
    lanes: dict[Arc, int] = {}

    def join(v: int, w: int) -> None:
        if w not in ahead[v]:
            ahead[v].append(w)
            behind[w].append(v)

    for (v, w), height in sorted(arcs.items(), key=lambda item: (depth[item[0][0]], item[0])):
        last, chain = v, []
        for at in range(depth[v] + 1, depth[w]):
            # Wires from one output share their way as far as they can.
            if (v, at) not in lanes:
                lanes[v, at] = len(layer)
                layer.append(at)
                ahead.append([])
                behind.append([])
            join(last, lanes[v, at])
            last = lanes[v, at]
            chain.append(last)
        join(last, w)
        lean[last, w] = height
        if chain:
            chains[v, w] = chain
    rows: list[list[int]] = [[] for _ in range(1 + max(depth, default=-1))]
    for v in _walk(ahead, behind):
        rows[layer[v]].append(v)
    found = Layers(count, rows, layer, ahead, behind, chains, lean)
    found.number()
    return found


def _walk(ahead: list[list[int]], behind: list[list[int]]) -> list[int]:
    """All vertices, along one path after the other, so that at first every path is in one piece."""
    seen, order = [False] * len(ahead), list[int]()
    for start in (v for v in range(len(ahead)) if not behind[v]):
        stack = [start]
        while stack:
            v = stack.pop()
            if not seen[v]:
                seen[v] = True
                order.append(v)
                stack += reversed(ahead[v])
    return order


def _untangle(layers: Layers) -> None:
    """Sort the layers by the middle of their neighbours, forwards and backwards, and keep the best."""
    best, rows, patience = crossings(layers), [list(row) for row in layers.rows], PATIENCE
    for sweep in range(SWEEPS):
        if not best or not patience:
            break
        forwards = sweep % 2 == 0
        last = len(layers.rows) - 1
        for index in range(1, last + 1) if forwards else range(last - 1, -1, -1):
            _sort(layers, index, forwards=forwards)
        now = crossings(layers)
        patience = PATIENCE if now < best else patience - 1
        if now < best:
            best, rows = now, [list(row) for row in layers.rows]
    layers.rows = rows
    layers.number()


def _sort(layers: Layers, index: int, *, forwards: bool) -> None:
    place, lean, row = layers.place, layers.lean, layers.rows[index]
    wanted: dict[int, float] = {}
    for v in row:
        if forwards:
            seats = [float(place[u]) for u in layers.behind[v]]
        else:
            seats = [place[w] + lean.get((v, w), 0.0) for w in layers.ahead[v]]
        wanted[v] = sum(seats) / len(seats) if seats else float(place[v])
    row.sort(key=wanted.__getitem__)
    for at, v in enumerate(row):
        place[v] = at
