"""What a document computes: bypassed nodes stand there as Identity, with the first of their inputs."""
from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from core.graph.document import Document, Node
from core.graph.edits import passable
from core.layers import LAYERS
from core.params import EMPTY

KIND = "identity"


def active(doc: Document) -> Document:
    """The document to check and to compute. It is `doc` itself if nothing is bypassed."""
    bypassed = {name: node for name, node in doc.nodes.items() if node.bypassed and passable(node)}
    if not bypassed:
        return doc
    nodes = {name: _identity(node) if name in bypassed else node for name, node in doc.nodes.items()}
    first = {name: LAYERS[node.kind].inputs[0].name for name, node in bypassed.items()}
    kept = (e for e in doc.edges if e.target not in first or e.port == first[e.target])
    port = LAYERS[KIND].inputs[0].name
    edges = frozenset(replace(e, port=port) if e.target in first else e for e in kept)
    return replace(doc, nodes=MappingProxyType(nodes), edges=edges)


def _identity(node: Node) -> Node:
    return replace(node, kind=KIND, params=EMPTY, version=LAYERS[KIND].info.version, frozen=False, bypassed=False)
