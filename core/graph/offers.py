"""Which wires could be drawn from a node, or to it: all of them at once."""
from __future__ import annotations

from core.graph.document import Document, Edge
from core.graph.edits import downstream
from core.graph.order import upstream
from core.graph.wires import misfit
from core.layers import LAYERS


def wires_from(doc: Document, source: str) -> list[Edge]:
    """Every wire from `source` that may be drawn and is not there yet, in order of the ids."""
    before = upstream(doc, [source])
    found = [Edge(source, name, port) for name in sorted(doc.nodes.keys() - before) for port in _ports(doc, name)]
    return _new(doc, found)


def wires_to(doc: Document, target: str) -> list[Edge]:
    """Every wire to an input of `target` that may be drawn and is not there yet, in order of the ids."""
    behind = downstream(doc, target) | {target}
    found = [Edge(name, target, port) for port in _ports(doc, target) for name in sorted(doc.nodes.keys() - behind)]
    return _new(doc, found)


def _ports(doc: Document, name: str) -> list[str]:
    kind = doc.nodes[name].kind
    return [port.name for port in LAYERS[kind].inputs] if kind in LAYERS else []


def _new(doc: Document, found: list[Edge]) -> list[Edge]:
    return [edge for edge in found if edge not in doc.edges and misfit(doc, edge) is None]
