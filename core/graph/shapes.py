"""The layers of a document and the shapes that they give, worked out again only where something changed."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.datasets import DataSpec
from core.errors import CoreError, Problem
from core.graph.document import Document, Node
from core.graph.wiring import wiring
from core.layers import LAYERS, Layer, Shape


@dataclass(frozen=True, slots=True)
class Made:
    """The layer of a node, if it can be made, and what is wrong with its parameters."""

    node: Node
    layer: Layer | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a layer gives for inputs of these shapes."""

    layer: Layer
    arriving: tuple[Shape, ...]
    given: Shape | Problem


def make(doc: Document, before: Mapping[str, Made]) -> dict[str, Made]:
    """The layers of all nodes; those of nodes that are the very same as `before` are taken from there."""
    made: dict[str, Made] = {}
    for name, node in doc.nodes.items():
        known = before.get(name)
        made[name] = known if known is not None and known.node is node else _made(node)
    return made


def _made(node: Node) -> Made:
    if node.kind not in LAYERS:
        return Made(node, None, (Problem(
            "node.kind", LAYERS.unknown(node.kind), node=node.id,
            hint="It is kept in the file. Delete the node, or open it with a newer version."),))
    kind = LAYERS[node.kind]
    extra = tuple(Problem("param.unknown", f"{kind.info.title}: this version has no parameter {k!r}.", "warning",
                          node.id, param=k, hint="It is kept in the file, and has no effect.")
                  for k in node.params if k not in kind.params)
    try:
        return Made(node, kind.known(node.params), extra)
    except CoreError as error:
        return Made(node, None, (*extra, error.problem.at(node=node.id)))


def infer(doc: Document, names: Iterable[str], layers: Mapping[str, Layer], spec: DataSpec | None,
          before: Mapping[str, Inferred]) -> dict[str, Inferred]:
    """What nodes give whose inputs all have one wire with a known shape; `names` in an order to compute them in."""
    ports, found = wiring(doc.edges).ports, dict[str, Inferred]()
    for name in names:
        layer = layers.get(name)
        if layer is None or (arriving := _arriving(layer, ports.get(name, {}), found, spec)) is None:
            continue
        known = before.get(name)
        same = known is not None and known.layer is layer and known.arriving == arriving
        found[name] = known if known is not None and same else _inferred(name, layer, arriving)
    return found


def _arriving(layer: Layer, fed: Mapping[str, Sequence[str]], found: Mapping[str, Inferred],
              spec: DataSpec | None) -> tuple[Shape, ...] | None:
    if layer.role == "input" and spec is not None:
        return (spec.shape,)
    shapes = []
    for port in layer.inputs:
        # Which of two wires into one input was meant nobody knows.
        sources = fed.get(port.name, ())
        source = found.get(sources[0]) if len(sources) == 1 else None
        if source is None or isinstance(source.given, Problem):
            return None
        shapes.append(source.given)
    return tuple(shapes)


def _inferred(name: str, layer: Layer, arriving: tuple[Shape, ...]) -> Inferred:
    try:
        return Inferred(layer, arriving, layer.infer(*arriving))
    except CoreError as error:
        return Inferred(layer, arriving, error.problem.at(node=name))
