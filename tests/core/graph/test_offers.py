"""All wires that could be drawn at a node."""
from dataclasses import replace
from types import MappingProxyType

import pytest

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.graph.offers import wires_from, wires_to
from core.layers import LAYERS
from tests.core._build import xor


def branched() -> Document:
    doc = xor()
    for name, kind in (("add", "add"), ("noise", "gaussian_noise")):
        doc = edits.add_node(doc, Node(name, kind))
    return edits.connect(doc, Edge("noise", "add", LAYERS["add"].inputs[0].name))


@pytest.mark.parametrize("doc", [xor(), branched(), edits.empty()])
def test_they_are_those_that_core_would_draw(doc: Document) -> None:
    for source in doc.nodes:
        every = [Edge(source, name, port.name) for name, node in doc.nodes.items() for port in LAYERS[node.kind].inputs]
        legal = {e for e in every if edits.refusal(doc, e) is None} - doc.edges
        assert set(wires_from(doc, source)) == legal
    for target in doc.nodes:
        into = {e for source in doc.nodes for e in wires_from(doc, source) if e.target == target}
        assert set(wires_to(doc, target)) == into


def test_an_unknown_kind_offers_no_inputs() -> None:
    doc = with_nodes(branched(), Node("odd", "from_the_future"))
    assert wires_to(doc, "odd") == []
    assert any(edge.target == "add" for edge in wires_from(doc, "odd"))


def with_nodes(doc: Document, node: Node) -> Document:
    return replace(doc, nodes=MappingProxyType({**doc.nodes, node.id: node}))
