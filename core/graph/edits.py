"""Edits: pure functions from a document to the next. Each gives a valid document or raises a CoreError."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.errors import GraphError, ParamError, Problem
from core.graph.document import Document, Edge, Group, Node
from core.graph.naming import title_of
from core.graph.settings import DEFAULT_DATA, DEFAULT_TRAINING, DataSettings, TrainingSettings, frozen_config
from core.graph.wires import misfit
from core.graph.wiring import wiring
from core.layers import LAYERS, Layer
from core.params import Declared, KindList, KindOf, Param

FAR = 1e6
LONGEST = 200


def empty() -> Document:
    """A document without nodes, with the default data and training."""
    return Document(data=DEFAULT_DATA, training=DEFAULT_TRAINING)


def fresh_id(doc: Document, kind: str) -> str:
    """An id that is not taken yet: dense, dense_2, dense_3, ..."""
    number = 1
    while (name := kind if number == 1 else f"{kind}_{number}") in doc.nodes:
        number += 1
    return name


def add_node(doc: Document, node: Node) -> Document:
    """Add `node`, its parameters completed with the defaults."""
    if not 1 <= len(node.id) <= LONGEST:
        raise GraphError(Problem("node.id", f"The id of a node has 1 to {LONGEST} characters, not {len(node.id)}."))
    if node.id in doc.nodes:
        raise GraphError(Problem("node.duplicate", f"There is a node called {node.id!r} already.", node=node.id))
    if node.kind not in LAYERS:
        raise GraphError(Problem("node.kind", LAYERS.unknown(node.kind), node=node.id))
    layer = LAYERS[node.kind]
    params = MappingProxyType(layer(**node.params).config())
    whole = replace(node, params=params, position=_place(*node.position), version=layer.info.version)
    return _with_nodes(doc, {**doc.nodes, node.id: whole})


def remove_nodes(doc: Document, ids: Iterable[str]) -> Document:
    """Remove nodes with every wire at them."""
    gone = set(ids)
    for name in gone:
        _known(doc, name)
    nodes = {k: n for k, n in doc.nodes.items() if k not in gone}
    edges = frozenset(e for e in doc.edges if e.source not in gone and e.target not in gone)
    return with_edges(replace(doc, nodes=MappingProxyType(nodes), groups=_without(doc.groups, gone)), edges)


def refusal(doc: Document, edge: Edge) -> Problem | None:
    """Why `edge` may not be drawn, or None if it may."""
    source, target = doc.nodes.get(edge.source), doc.nodes.get(edge.target)
    if source is None or target is None:
        missing = edge.source if source is None else edge.target
        return Problem("edge.nowhere", f"There is no node {missing!r} to wire.", hint="Wire nodes that exist.")
    if problem := misfit(doc, edge):
        return problem
    if edge.source == edge.target or edge.source in downstream(doc, edge.target):
        return Problem("edge.cycle", f"This wire from {title_of(doc, edge.source)} to {title_of(doc, edge.target)} "
                       "would close a loop.",
                       node=edge.target, hint="A network runs from Input to Output without loops.")
    return None


def connect(doc: Document, edge: Edge) -> Document:
    """Draw a wire. A wire that already ends at the same port is replaced. Raises GraphError with the reason."""
    if problem := refusal(doc, edge):
        raise GraphError(problem)
    kept = (e for e in doc.edges if (e.target, e.port) != (edge.target, edge.port))
    return with_edges(doc, frozenset((*kept, edge)))


def disconnect(doc: Document, edges: Iterable[Edge]) -> Document:
    """Remove wires."""
    return with_edges(doc, doc.edges - frozenset(edges))


def set_params(doc: Document, node: str, values: Mapping[str, Any]) -> Document:
    """Change parameters of one node. Raises ParamError naming the parameter."""
    old = _known(doc, node)
    if old.kind not in LAYERS:
        raise GraphError(Problem("node.kind", LAYERS.unknown(old.kind), node=node))
    try:
        layer = LAYERS[old.kind](**{**_declared(old), **values})
    except ParamError as error:
        raise ParamError(error.problem.at(node=node)) from None
    return _with_node(doc, replace(old, params=MappingProxyType({**old.params, **layer.config()})))


def rename(doc: Document, node: str, title: str) -> Document:
    """Give a node a title of its own; empty goes back to that of its kind."""
    return _with_node(doc, replace(_known(doc, node), title=title.strip()[:80]))


def freeze(doc: Document, node: str, frozen: bool) -> Document:
    """A frozen node keeps its weights while the others train."""
    return _with_node(doc, replace(_known(doc, node), frozen=frozen))


def bypass(doc: Document, node: str, bypassed: bool) -> Document:
    """A bypassed node hands its first input on as it is. Raises GraphError for one without an input or an output."""
    found = _known(doc, node)
    if bypassed and found.kind in LAYERS and not passable(found):
        title = LAYERS[found.kind].info.title
        raise GraphError(Problem("node.bypass", f"{title} cannot be bypassed: it has no input to hand on.", node=node,
                                 hint="Bypass a layer between two others."))
    return _with_node(doc, replace(found, bypassed=bypassed))


def passable(node: Node) -> bool:
    """True if there is an input that the node could hand on instead of what it computes."""
    return node.kind in LAYERS and bool(LAYERS[node.kind].inputs) and LAYERS[node.kind].role != "output"


def may_learn(node: Node) -> bool:
    """True if nodes of this kind may have weights; with some parameters they have none."""
    return node.kind in LAYERS and LAYERS[node.kind].build is not Layer.build


def show_neurons(doc: Document, node: str, neurons: bool) -> Document:
    """Draw a node as single neurons with every weight as a line, or as a card."""
    return _with_node(doc, replace(_known(doc, node), neurons=neurons))


def move(doc: Document, where: Mapping[str, tuple[float, float]]) -> Document:
    """Put nodes at new places."""
    moved = {k: replace(_known(doc, k), position=_place(*xy)) for k, xy in where.items()}
    return _with_nodes(doc, {**doc.nodes, **moved})


def set_data(doc: Document, values: Mapping[str, Any]) -> Document:
    """Change data settings. Raises ParamError naming the setting."""
    return replace(doc, data=_changed(DataSettings, doc.data, values))


def set_training(doc: Document, values: Mapping[str, Any]) -> Document:
    """Change training settings. Raises ParamError naming the setting."""
    return replace(doc, training=_changed(TrainingSettings, doc.training, values))


def downstream(doc: Document, start: str) -> set[str]:
    """Every node that the output of `start` reaches."""
    following = wiring(doc.edges).after
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for name in following.get(ahead.pop(), ()):
            if name not in found:
                found.add(name)
                ahead.append(name)
    return found


def _changed(settings: type[Declared], old: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    # Kinds that this version does not know stay as they are until others are chosen.
    foreign = {k: v for k, v in old.items() if k not in values and _foreign(settings.params.get(k), v)}
    known = {k: v for k, v in old.items() if k in settings.params and k not in foreign}
    return MappingProxyType({**old, **frozen_config(settings(**{**known, **values})), **foreign})


def _foreign(param: Param[Any] | None, value: Any) -> bool:
    return isinstance(param, KindOf | KindList) and param.foreign(value) is not None


def _declared(node: Node) -> dict[str, Any]:
    return {k: v for k, v in node.params.items() if k in LAYERS[node.kind].params}


def _known(doc: Document, node: str) -> Node:
    if node not in doc.nodes:
        raise GraphError(Problem("node.unknown", f"There is no node {node!r}."))
    return doc.nodes[node]


def _place(x: float, y: float) -> tuple[float, float]:
    if not (math.isfinite(x) and math.isfinite(y)):
        raise GraphError(Problem("node.position", f"A node cannot stand at ({x}, {y})."))
    return max(-FAR, min(FAR, float(x))), max(-FAR, min(FAR, float(y)))


def with_edges(doc: Document, edges: frozenset[Edge]) -> Document:
    """The document with these wires; ways of wires that are gone are forgotten."""
    if all(edge in edges for edge in doc.routes):
        return replace(doc, edges=edges)
    routes = {edge: way for edge, way in doc.routes.items() if edge in edges}
    return replace(doc, edges=edges, routes=MappingProxyType(routes))


def _without(groups: Mapping[str, Group], gone: set[str]) -> Mapping[str, Group]:
    """The groups without these members; those that nobody is left in are gone, too."""
    if all(gone.isdisjoint(group.members) for group in groups.values()):
        return groups
    left = {k: replace(group, members=group.members - gone) for k, group in groups.items()}
    return MappingProxyType({k: group for k, group in left.items() if group.members})


def _with_node(doc: Document, node: Node) -> Document:
    return _with_nodes(doc, {**doc.nodes, node.id: node})


def _with_nodes(doc: Document, nodes: dict[str, Node]) -> Document:
    return replace(doc, nodes=MappingProxyType(nodes))
