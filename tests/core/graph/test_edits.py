"""Edits: what they give, and what they refuse with which words."""
import math

import pytest

from core.errors import GraphError, ParamError
from core.graph import edits
from core.graph.document import Document, Edge, Node
from tests.core._build import chain, dense, xor


def refused(edit, error=GraphError):
    with pytest.raises(error) as caught:
        edit()
    return caught.value.problem


def test_no_edit_changes_the_document_it_is_given():
    doc = xor()
    before = (dict(doc.nodes), doc.edges, dict(doc.data), dict(doc.training))
    edits.add_node(doc, Node("more", "dense"))
    edits.remove_nodes(doc, ["dense"])
    edits.set_params(doc, "dense", {"units": 9})
    edits.move(doc, {"dense": (1, 2)})
    edits.set_data(doc, {"source": "iris"})
    edits.disconnect(doc, doc.edges)
    assert (dict(doc.nodes), doc.edges, dict(doc.data), dict(doc.training)) == before


def test_a_document_cannot_be_changed_in_place():
    doc = xor()
    for table in (doc.nodes, doc.data, doc.training, doc.nodes["dense"].params):
        with pytest.raises(TypeError):
            table["new"] = 1


def test_a_new_node_gets_the_defaults_and_a_place():
    doc = edits.add_node(edits.empty(), Node("a", "dense", {"units": 7}, (3, 4)))
    assert doc.nodes["a"].params["units"] == 7
    assert doc.nodes["a"].params["bias"] is True
    assert doc.nodes["a"].position == (3.0, 4.0)


def test_fresh_ids_count_up():
    doc = edits.empty()
    names = []
    for _ in range(3):
        names.append(edits.fresh_id(doc, "dense"))
        doc = edits.add_node(doc, Node(names[-1], "dense"))
    assert names == ["dense", "dense_2", "dense_3"]


@pytest.mark.parametrize(("node", "code"), [
    (Node("dense", "relu"), "node.duplicate"), (Node("new", "no_such"), "node.kind"), (Node("", "dense"), "node.id"),
    (Node("n" * 201, "dense"), "node.id"), (Node("new", "dense", position=(math.nan, 0)), "node.position"),
    (Node("new", "dense", position=(0, math.inf)), "node.position"),
])
def test_a_node_that_may_not_be_added_is_refused(node, code):
    assert refused(lambda: edits.add_node(xor(), node)).code == code


def test_a_node_with_wrong_parameters_is_refused_naming_them():
    assert refused(lambda: edits.add_node(xor(), Node("a", "dense", {"units": 0})), ParamError).param == "units"
    assert refused(lambda: edits.set_params(xor(), "dense", {"units": "x"}), ParamError).node == "dense"


def test_a_misspelt_layer_gets_a_suggestion():
    assert "Did you mean 'sigmoid'?" in refused(lambda: edits.add_node(xor(), Node("a", "sigmiod"))).message


def test_a_removed_node_takes_its_wires_along():
    doc = edits.remove_nodes(xor(), ["sigmoid"])
    assert "sigmoid" not in doc.nodes
    assert not [e for e in doc.edges if "sigmoid" in (e.source, e.target)]
    assert len(doc.edges) == len(xor().edges) - 2


@pytest.mark.parametrize("edit", [
    lambda doc: edits.remove_nodes(doc, ["dense", "nobody"]), lambda doc: edits.rename(doc, "nobody", "x"),
    lambda doc: edits.freeze(doc, "nobody", True), lambda doc: edits.move(doc, {"nobody": (0, 0)}),
    lambda doc: edits.set_params(doc, "nobody", {}),
])
def test_a_node_that_is_not_there_is_refused_by_name(edit):
    problem = refused(lambda: edit(xor()))
    assert problem.code == "node.unknown"
    assert "'nobody'" in problem.message


def test_a_wire_that_closes_a_loop_is_refused_with_the_reason():
    for edge in (Edge("sigmoid", "dense"), Edge("dense", "dense"), Edge("dense_2", "dense")):
        problem = refused(lambda edge=edge: edits.connect(xor(), edge))
        assert problem.code == "edge.cycle"
        assert "would close a loop" in problem.message
        assert problem.node == edge.target


@pytest.mark.parametrize(("edge", "code"), [
    (Edge("nobody", "dense"), "edge.nowhere"), (Edge("dense", "nobody"), "edge.nowhere"),
    (Edge("input", "dense", "y"), "edge.port"), (Edge("dense", "input"), "edge.port"),
    (Edge("output", "dense"), "edge.source"),
])
def test_a_wire_that_fits_nowhere_is_refused_with_the_reason(edge, code):
    problem = refused(lambda: edits.connect(xor(), edge))
    assert problem.code == code
    assert problem.hint
    assert edits.refusal(xor(), edge) == problem


def test_a_second_wire_to_an_input_replaces_the_first():
    doc = edits.connect(xor(), Edge("input", "dense_2"))
    assert doc.sources("dense_2") == {"x": "input"}
    assert len(doc.edges) == len(xor().edges)


def test_one_node_may_feed_many():
    doc = edits.add_node(xor(), Node("side", "dense"))
    assert edits.connect(doc, Edge("input", "side")).sources("side") == {"x": "input"}


def test_removing_a_wire_that_is_not_there_changes_nothing():
    assert edits.disconnect(xor(), [Edge("a", "b")]) == xor()


def test_parameters_that_are_not_mentioned_stay():
    doc = edits.set_params(chain(dense(5, bias=False)), "dense", {"units": 6})
    assert doc.nodes["dense"].params["units"] == 6
    assert doc.nodes["dense"].params["bias"] is False


def test_parameters_of_a_newer_version_stay_when_others_change():
    doc = xor()
    old = doc.nodes["dense"]
    newer = Document({**doc.nodes, "dense": Node("dense", "dense", {**old.params, "from_the_future": [1]})}, doc.edges,
                     doc.data, doc.training)
    changed = edits.set_params(newer, "dense", {"units": 8})
    assert changed.nodes["dense"].params["from_the_future"] == [1]


def test_a_node_of_an_unknown_kind_can_be_moved_and_removed_but_not_configured():
    doc = Document({"odd": Node("odd", "no_such_kind", {"a": 1})})
    assert edits.move(doc, {"odd": (8, 8)}).nodes["odd"].position == (8.0, 8.0)
    assert not edits.remove_nodes(doc, ["odd"]).nodes
    assert refused(lambda: edits.set_params(doc, "odd", {"a": 2})).code == "node.kind"


def test_titles_are_trimmed_and_cut():
    assert edits.rename(xor(), "dense", "  Hidden ").nodes["dense"].title == "Hidden"
    assert len(edits.rename(xor(), "dense", "x" * 500).nodes["dense"].title) == 80


def test_places_far_away_are_brought_to_the_edge_of_the_canvas():
    assert edits.move(xor(), {"dense": (1e300, -1e300)}).nodes["dense"].position == (edits.FAR, -edits.FAR)


@pytest.mark.parametrize(("edit", "param"), [
    (lambda doc: edits.set_training(doc, {"epochs": 0}), "epochs"),
    (lambda doc: edits.set_training(doc, {"learning_rate": math.nan}), "learning_rate"),
    (lambda doc: edits.set_training(doc, {"optimizer": {"kind": "adam", "params": {"beta1": 5}}}), "optimizer"),
    (lambda doc: edits.set_training(doc, {"nonsense": 1}), "nonsense"),
    (lambda doc: edits.set_data(doc, {"source": "no_such_data"}), "source"),
    (lambda doc: edits.set_data(doc, {"validation": 0.95}), "validation"),
])
def test_settings_that_are_not_allowed_are_refused_naming_them(edit, param):
    assert refused(lambda: edit(xor()), ParamError).param == param


def test_downstream_is_everything_that_is_reached():
    assert edits.downstream(xor(), "sigmoid") == {"dense_2", "sigmoid_2", "output"}
    assert edits.downstream(xor(), "output") == set()
