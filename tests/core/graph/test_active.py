"""Bypassed nodes: they stay on the canvas, and hand on what they get."""
import numpy as np
import pytest

from core.engine.network import Network
from core.errors import GraphError
from core.graph import edits
from core.graph.active import active
from core.graph.check import check
from core.graph.document import Edge, Node
from core.train.essence import essence
from tests.core._build import xor


def test_without_bypassed_nodes_a_document_is_computed_as_it_is():
    doc = xor()
    assert active(doc) is doc


def test_a_bypassed_node_hands_its_input_on_and_has_no_weights():
    doc = edits.set_params(xor(), "dense", {"units": 5})
    name = next(n for n, node in doc.nodes.items() if node.kind == "dense")
    passed = edits.bypass(doc, name, True)
    report = check(passed)
    assert report.ok
    source = doc.sources(name)["x"]
    assert report.shapes[name] == report.shapes[source]
    network, x = Network(passed, report), np.array([[0.0, 1.0], [1.0, 1.0]], np.float32)
    assert not network.weights[name]
    values = network.predict_all(x)
    assert np.array_equal(values[name], values[source])


def test_a_bypassed_node_with_several_inputs_hands_on_the_first():
    doc = xor()
    doc = edits.add_node(doc, Node("sum", "add"))
    first, second = [n for n, node in doc.nodes.items() if node.kind == "dense"][:1] * 2
    doc = edits.connect(edits.connect(doc, Edge(first, "sum", "a")), Edge(second, "sum", "b"))
    shown = active(edits.bypass(doc, "sum", True))
    assert [e for e in shown.edges if e.target == "sum"] == [Edge(first, "sum", "x")]


@pytest.mark.parametrize("kind", ["input", "output", "constant"])
def test_a_node_without_an_input_to_hand_on_cannot_be_bypassed(kind):
    doc = edits.add_node(edits.empty(), Node("end", kind))
    with pytest.raises(GraphError, match="cannot be bypassed"):
        edits.bypass(doc, "end", True)


def test_bypassing_makes_another_network_and_taking_it_back_the_same_one():
    doc = xor()
    name = next(n for n, node in doc.nodes.items() if node.kind == "dense")
    passed = edits.bypass(doc, name, True)
    assert essence(passed, check(passed).live) != essence(doc, check(doc).live)
    back = edits.bypass(passed, name, False)
    assert back == doc
    assert essence(back, check(back).live) == essence(doc, check(doc).live)
