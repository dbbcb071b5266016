"""What every node of a document costs: how many parameters it has, and how much there is to compute."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.engine.counting import count_weights
from core.graph.active import active
from core.graph.check import Report
from core.graph.document import Document
from core.layers import Layer, Shape
from core.params import EMPTY


@dataclass(frozen=True, slots=True)
class Cost:
    """One node: its `parameters`, and the multiply-adds of a forward pass of one sample."""

    parameters: int = 0
    operations: int = 0


FREE = Cost()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A count, and what it depends on. The parameters are kept so that their identity stays theirs."""

    kind: str
    params: Mapping[str, Any]
    shapes: tuple[Shape, ...]
    cost: Cost

    def holds(self, kind: str, params: Mapping[str, Any], shapes: tuple[Shape, ...]) -> bool:
        return self.params is params and self.shapes == shapes and self.kind == kind


@dataclass(frozen=True, slots=True)
class Costs:
    """The costs of all nodes whose inputs have shapes. `parameters` and `operations` are those of the whole network:
    of the nodes that lead to the output."""

    nodes: Mapping[str, Cost] = field(default_factory=lambda: EMPTY)
    live: frozenset[str] = frozenset()
    parameters: int = 0
    operations: int = 0
    entries: Mapping[str, _Entry] = field(default_factory=lambda: EMPTY, repr=False)

    def of(self, node: str) -> Cost:
        """The cost of one node; nothing where it is not known."""
        return self.nodes.get(node, FREE)

    def share(self, node: str) -> float:
        """Which part of the operations of the network a node has, from 0 to 1."""
        if node not in self.live or not self.operations:
            return 0.0
        return self.of(node).operations / self.operations


def costs(doc: Document, report: Report, before: Costs | None = None) -> Costs:
    """What the nodes of `doc` cost, no weights made. Nodes that are as they were `before` are not counted again."""
    doc = active(doc)
    known = before.entries if before is not None else EMPTY
    sources = {(edge.target, edge.port): edge.source for edge in doc.edges}
    entries: dict[str, _Entry] = {}
    for name in report.shapes:
        layer, params = report.layers[name], doc.nodes[name].params
        kind = layer.info.kind
        shapes = tuple(report.shapes[sources[name, port.name]] for port in layer.inputs)
        entry: _Entry | None = known.get(name)
        if entry is None or not entry.holds(kind, params, shapes):
            entry = _Entry(kind, params, shapes, _counted(layer, shapes))
        entries[name] = entry
    found = {name: entry.cost for name, entry in entries.items()}
    live = frozenset(name for name in report.live if name in found)
    return Costs(found, live, sum(found[name].parameters for name in live),
                 sum(found[name].operations for name in live), entries)


def _counted(layer: Layer, shapes: tuple[Shape, ...]) -> Cost:
    return Cost(_parameters(layer, shapes), layer.cost(*shapes) if shapes else 0)


def _parameters(layer: Layer, shapes: tuple[Shape, ...]) -> int:
    if not layer.trainable:
        return 0
    try:
        return count_weights(layer, *shapes)
    except (MemoryError, ValueError):
        # Zeros that no array can hold. What cannot be made is refused where a network is.
        return 0
