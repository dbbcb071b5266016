"""Nodes are found by everything that a person would call them."""
from __future__ import annotations

from dataclasses import replace

import pytest

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.graph.find import find


@pytest.fixture
def network() -> Document:
    document = edits.empty()
    for node in (Node("zz", "output"), Node("out", "dense", {"units": 64}), Node("hidden", "dense", {"units": 4}),
                 Node("in", "input"), Node("act", "relu", title="My gate")):
        document = edits.add_node(document, node)
    odd = Node("odd", "no_such_kind", {"depth": 7})
    document = replace(document, nodes={**document.nodes, "odd": odd})
    for edge in (Edge("in", "hidden"), Edge("hidden", "act"), Edge("act", "out"), Edge("out", "zz")):
        document = edits.connect(document, edge)
    return document


@pytest.mark.parametrize(("text", "names"), [
    ("hidden", ["hidden"]), ("MY GATE", ["act"]), ("gate my", ["act"]), ("relu", ["act"]),
    ("dense", ["hidden", "out"]), ("fully", ["hidden", "out"]), ("units 64", ["out"]), ("  units   4 ", ["hidden"]),
    ("dense 64", ["out"]), ("no_such", ["odd"]), ("depth 7", ["odd"]), ("nothing like it", []), ("", []), ("  ", [])])
def test_a_node_is_found_by_id_title_kind_keyword_and_parameter_in_the_order_of_the_graph(
        network: Document, text: str, names: list[str]) -> None:
    assert list(find(network, text)) == names


def test_members_of_a_loop_are_found_too() -> None:
    document = edits.empty()
    for name in ("a", "b"):
        document = edits.add_node(document, Node(name, "dense"))
    looped = replace(document, edges=frozenset({Edge("a", "b"), Edge("b", "a")}))
    assert set(find(looped, "dense")) == {"a", "b"}
