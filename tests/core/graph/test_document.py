"""Differences between documents, and orders of nodes."""
from dataclasses import replace

from core.graph import edits
from core.graph.document import Document, Edge, Node, diff
from core.graph.order import loop_members, order
from tests.core._build import xor


def test_equal_documents_have_no_difference():
    assert not diff(xor(), xor())
    assert not diff(doc := xor(), doc)


def test_a_difference_names_everything_that_changed_and_nothing_else():
    old = xor()
    new = edits.add_node(edits.remove_nodes(old, ["sigmoid"]), Node("relu", "relu"))
    new = edits.connect(edits.set_params(new, "dense", {"units": 9}), Edge("dense", "relu"))
    change = diff(old, new)
    assert [node.id for node in change.added] == ["relu"]
    assert [node.id for node in change.removed] == ["sigmoid"]
    assert [(a.params["units"], b.params["units"]) for a, b in change.changed] == [(4, 9)]
    assert change.linked == (Edge("dense", "relu"),)
    assert change.unlinked == (Edge("dense", "sigmoid"), Edge("sigmoid", "dense_2"))
    assert not change.data
    assert not change.training


def test_settings_and_the_rest_are_noticed_apart():
    assert diff(xor(), edits.set_data(xor(), {"seed": 1})).data
    assert diff(xor(), edits.set_training(xor(), {"seed": 1})).training
    assert diff(xor(), replace(xor(), extra={"note": "x"})).other


def test_moving_and_renaming_is_no_change_of_structure():
    assert not diff(xor(), edits.move(xor(), {"dense": (9, 9)})).structure
    assert not diff(xor(), edits.rename(xor(), "dense", "Hidden")).structure
    for edit in (lambda d: edits.set_params(d, "dense", {"units": 9}), lambda d: edits.freeze(d, "dense", True),
                 lambda d: edits.disconnect(d, d.edges), lambda d: edits.set_data(d, {"seed": 4})):
        assert diff(xor(), edit(xor())).structure


def test_each_node_comes_after_those_that_feed_it_whatever_the_order_of_adding():
    doc = xor()
    backwards = replace(doc, nodes=dict(reversed(doc.nodes.items())))
    assert order(doc) == order(backwards) == ["input", "dense", "sigmoid", "dense_2", "sigmoid_2", "output"]


def looped(*names):
    nodes = {name: Node(name, "relu") for name in (*names, "before", "after")}
    wires = [Edge(a, b) for a, b in zip(names, [*names[1:], names[0]], strict=True)]
    return Document(nodes, frozenset([*wires, Edge(names[0], "after"), Edge("before", "after", "y")]))


def test_a_loop_is_named_without_what_hangs_on_it():
    assert loop_members(xor()) == []
    doc = looped("c", "a", "b")
    members = loop_members(doc)
    assert sorted(members) == ["a", "b", "c"]
    assert all(Edge(x, y) in doc.edges for x, y in zip(members, [*members[1:], members[0]], strict=True))
    assert order(doc) == ["before"]


def test_a_node_that_feeds_itself_is_a_loop():
    assert loop_members(Document({"a": Node("a", "relu")}, frozenset([Edge("a", "a")]))) == ["a"]


def test_a_loop_of_thousands_of_nodes_is_found():
    assert len(loop_members(looped(*(f"n{i:05}" for i in range(20_000))))) == 20_000


def test_wires_to_nowhere_are_no_loop_and_no_order():
    doc = Document({"a": Node("a", "relu")}, frozenset([Edge("a", "ghost"), Edge("ghost", "a")]))
    assert order(doc) == ["a"]
    assert loop_members(doc) == []
