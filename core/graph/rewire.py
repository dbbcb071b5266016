"""Edits of wires that keep what flows: a node put into a wire, nodes taken out with their neighbours joined, an end
plugged in elsewhere, the way a wire is led."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from core.errors import GraphError, Problem
from core.graph import edits
from core.graph.document import Document, Edge, Node, Point
from core.graph.order import upstream
from core.layers import LAYERS

MOST_POINTS = 100


def insert_on(doc: Document, node: str, edge: Edge) -> Document:
    """Put a node into a wire: what fed the wire's end feeds the node, and the node feeds that end.

    The node takes the wire at its first free input, or at its first one if none is free. Raises GraphError.
    """
    _drawn(doc, edge)
    port = _entry(doc, node)
    if node in (edge.source, edge.target):
        raise GraphError(Problem("wire.own", f"{node} is an end of this wire already.", node=node,
                                 hint="Drop it onto another wire."))
    cut = edits.connect(edits.disconnect(doc, [edge]), Edge(edge.source, node, port))
    return edits.connect(cut, Edge(node, edge.target, edge.port))


def may_drop(doc: Document, node: str, edge: Edge) -> bool:
    """True if `insert_on` would take nothing away from the node: it is not wired through yet."""
    if node not in doc.nodes or edge not in doc.edges or not edits.passable(doc.nodes[node]):
        return False
    free = _free(doc, node)
    feeds = any(e.source == node for e in doc.edges)
    # The last layer of a branch may go into a wire that leaves where it is fed from.
    return (free is not None or (not feeds and edge.source in doc.sources(node).values())) and _goes(doc, node, edge)


def remove_joining(doc: Document, ids: Iterable[str]) -> Document:
    """Remove nodes; what fed the first input of each goes on to those that it fed, where that is allowed."""
    gone = frozenset(ids)
    feeding = {(e.target, e.port): e.source for e in doc.edges if e.target in gone}
    cut = sorted(e for e in doc.edges if e.source in gone and e.target not in gone)
    left = edits.remove_nodes(doc, gone)
    for edge in cut:
        if (source := _survivor(doc, edge.source, gone, feeding)) is not None:
            joined = replace(edge, source=source)
            left = left if edits.refusal(left, joined) else edits.connect(left, joined)
    return left


def reconnect(doc: Document, old: Edge, new: Edge) -> Document:
    """Plug one or both ends of a wire in elsewhere; it is led the same way. Raises GraphError with the reason."""
    _drawn(doc, old)
    way = doc.routes.get(old, ())
    moved = edits.connect(edits.disconnect(doc, [old]), new)
    return set_route(moved, new, way) if way else moved


def set_route(doc: Document, edge: Edge, points: Iterable[Point]) -> Document:
    """Lead a wire through these points, in this order from its source; none lets it run freely. Raises GraphError."""
    _drawn(doc, edge)
    way = tuple(_point(point) for point in points)
    if len(way) > MOST_POINTS:
        raise GraphError(Problem("wire.points", f"A wire is led through at most {MOST_POINTS} points.",
                                 node=edge.target, port=edge.port))
    routes = {k: v for k, v in doc.routes.items() if k != edge} | ({edge: way} if way else {})
    return replace(doc, routes=MappingProxyType(routes))


def shifted(way: tuple[Point, ...], source: Point, target: Point) -> tuple[Point, ...]:
    """The way of a wire whose two nodes moved by these distances: it comes along if both of them moved."""
    if (0, 0) in (source, target):
        return way
    x, y = (source[0] + target[0]) / 2, (source[1] + target[1]) / 2
    return tuple((px + x, py + y) for px, py in way)


def move(doc: Document, where: Mapping[str, Point]) -> Document:
    """Put nodes at new places, and with them the ways of the wires between them."""
    moved = edits.move(doc, where)
    for edge, way in doc.routes.items():
        if edge.source in where and edge.target in where:
            led = shifted(way, _step(doc, moved, edge.source), _step(doc, moved, edge.target))
            moved = moved if led == way else set_route(moved, edge, led)
    return moved


def closing(doc: Document, *, source: str | None = None, target: str | None = None) -> frozenset[str]:
    """The nodes that a wire from `source`, or to `target`, would close a loop with."""
    ahead = {target, *edits.downstream(doc, target)} if target is not None else set()
    return frozenset(ahead | (upstream(doc, [source]) if source is not None else set()))


def add_wired(doc: Document, node: Node, source: str | None = None, target: tuple[str, str] | None = None) -> Document:
    """Add a node with a wire from `source` to its first input, and one from it to the port `target`.

    Raises GraphError if one of them may not be drawn.
    """
    grown = edits.add_node(doc, node)
    if source is not None:
        grown = edits.connect(grown, Edge(source, node.id, _entry(grown, node.id)))
    return grown if target is None else edits.connect(grown, Edge(node.id, *target))


def replaceable(doc: Document, name: str) -> list[str]:
    """The kinds that can stand in place of a node with all of its wires: those with the same inputs."""
    kind = doc.nodes[name].kind
    if kind not in LAYERS or LAYERS[kind].role:
        return []
    ports = [port.name for port in LAYERS[kind].inputs]
    return [other for other, layer in LAYERS.items()
            if other != kind and not layer.role and [port.name for port in layer.inputs] == ports]


def replace_kind(doc: Document, name: str, kind: str) -> Document:
    """Put a layer of another kind in place of a node, wired alike, with its parameters at their defaults."""
    layer = LAYERS[kind]
    node = replace(doc.nodes[name], kind=kind, params=MappingProxyType(layer().config()), version=layer.info.version,
                   frozen=False, neurons=False)
    return replace(doc, nodes=MappingProxyType({**doc.nodes, name: node}))


def _survivor(doc: Document, name: str, gone: frozenset[str], feeding: Mapping[tuple[str, str], str]) -> str | None:
    """The first node before `name` that stays, going back along first inputs."""
    seen: set[str] = set()
    found: str | None = name
    while found in gone and found not in seen:
        seen.add(found)
        found = feeding.get((found, port)) if (port := _first(doc.nodes[found])) else None
    return None if found in gone else found


def _first(node: Node) -> str | None:
    if node.kind not in LAYERS:
        return "x"
    return LAYERS[node.kind].inputs[0].name if LAYERS[node.kind].inputs else None


def _free(doc: Document, node: str) -> str | None:
    taken = doc.sources(node)
    return next((p.name for p in LAYERS[doc.nodes[node].kind].inputs if p.name not in taken), None)


def _entry(doc: Document, node: str) -> str:
    """Where a wire enters a node."""
    if (found := doc.nodes.get(node)) is None:
        raise GraphError(Problem("node.unknown", f"There is no node {node!r}."))
    first = _first(found)
    if first is None:
        title = LAYERS[found.kind].info.title
        raise GraphError(Problem("wire.entry", f"{title} has no input, so that no wire can go through it.", node=node,
                                 hint="Use a layer that has one."))
    return (_free(doc, node) if found.kind in LAYERS else None) or first


def _goes(doc: Document, node: str, edge: Edge) -> bool:
    try:
        insert_on(doc, node, edge)
    except GraphError:
        return False
    return True


def _drawn(doc: Document, edge: Edge) -> None:
    if edge not in doc.edges:
        raise GraphError(Problem("wire.unknown", f"There is no wire from {edge.source} to the input {edge.port} of "
                                 f"{edge.target}."))


def _step(before: Document, after: Document, node: str) -> Point:
    (x, y), (to_x, to_y) = before.nodes[node].position, after.nodes[node].position
    return to_x - x, to_y - y


def _point(point: Point) -> Point:
    x, y = point
    if not (math.isfinite(x) and math.isfinite(y)):
        raise GraphError(Problem("wire.point", f"A wire cannot be led through ({x}, {y})."))
    return max(-edits.FAR, min(edits.FAR, float(x))), max(-edits.FAR, min(edits.FAR, float(y)))
