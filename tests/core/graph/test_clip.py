"""Copying parts of documents, and pasting them."""
from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from core.graph import clip, edits
from core.graph.document import Document, Edge, Group, Node, Note
from core.graph.order import loop_members


def network() -> Document:
    """input - hidden - relu - add - output, with a way around from input to add; a note, two groups, one led wire."""
    document = edits.empty()
    rows = (("input", "input"), ("hidden", "dense"), ("relu", "relu"), ("add", "add"), ("output", "output"))
    for number, (name, kind) in enumerate(rows):
        document = edits.add_node(document, Node(name, kind, position=(number * 200.0, 0.0)))
    wires = (("input", "hidden", "x"), ("hidden", "relu", "x"), ("relu", "add", "a"), ("input", "add", "b"),
             ("add", "output", "x"))
    for source, target, port in wires:
        document = edits.connect(document, Edge(source, target, port))
    return replace(
        edits.rename(document, "hidden", "Mine"),
        notes=MappingProxyType({"note": Note("note", "Look here", (0, 100))}),
        groups=MappingProxyType({"block": Group("block", "Block", frozenset({"hidden", "relu"})),
                                 "rest": Group("rest", "Rest", frozenset({"add", "output"}))}),
        routes=MappingProxyType({Edge("hidden", "relu"): ((300.0, 50.0),), Edge("input", "add", "b"): ((9.0, 9.0),)}),
    )


def test_a_fragment_has_the_wires_and_groups_that_lie_in_it_as_a_whole() -> None:
    fragment = clip.copied(network(), ["hidden", "relu", "add", "nobody"])
    assert fragment.nodes.keys() == {"hidden", "relu", "add"}
    assert fragment.edges == {Edge("hidden", "relu"), Edge("relu", "add", "a")}
    assert fragment.groups.keys() == {"block"}
    assert fragment.routes == {Edge("hidden", "relu"): ((300.0, 50.0),)}
    assert not fragment.notes
    assert fragment.extra["arriving"] == [{"from": "input", "port": "b", "to": "add"},
                                          {"from": "input", "port": "x", "to": "hidden"}]


def test_a_copy_gets_fresh_ids_and_keeps_titles_groups_notes_and_ways() -> None:
    document = network()
    fragment = clip.copied(document, ["hidden", "relu"], ["note"])
    grown, names = clip.pasted(document, fragment, (16.0, 8.0))
    assert names == {"hidden": "dense", "relu": "relu_2"}
    assert grown.nodes["dense"].title == "Mine"
    assert grown.nodes["dense"].position == (216.0, 8.0)
    assert grown.edges - document.edges == {Edge("dense", "relu_2")}
    assert grown.routes[Edge("dense", "relu_2")] == ((316.0, 58.0),)
    assert grown.notes["note_2"] == Note("note_2", "Look here", (16.0, 108.0))
    assert grown.groups["group"] == Group("group", "Block", frozenset({"dense", "relu_2"}))
    assert {k: grown.nodes[k] for k in document.nodes} == dict(document.nodes)


def test_what_was_cut_comes_back_under_its_own_name() -> None:
    document = network()
    fragment = clip.copied(document, ["hidden", "relu"])
    again, names = clip.pasted(edits.remove_nodes(document, ["hidden", "relu"]), fragment, with_wires=True)
    assert names == {"hidden": "hidden", "relu": "relu"}
    assert again.edges == document.edges - {Edge("relu", "add", "a")}
    assert again.nodes == document.nodes


def test_wires_from_outside_are_drawn_only_on_request_and_only_from_nodes_that_are_there() -> None:
    document = network()
    fragment = clip.copied(document, ["add"])
    assert clip.pasted(document, fragment)[0].edges == document.edges
    grown, names = clip.pasted(document, fragment, with_wires=True)
    assert grown.sources(names["add"]) == {"a": "relu", "b": "input"}
    grown, names = clip.pasted(edits.remove_nodes(document, ["relu"]), fragment, with_wires=True)
    assert grown.sources(names["add"]) == {"b": "input"}
    assert not loop_members(grown)


def test_listed_wires_that_make_no_sense_are_passed_over() -> None:
    document = network()
    rows = [3, {}, {"from": "input", "to": "add", "port": 7}, {"from": "input", "to": "add", "port": "nowhere"},
            {"from": "output", "to": "add", "port": "a"}, {"from": "input", "to": "away", "port": "x"},
            {"from": "input", "to": "add", "port": "b"}, {"from": "hidden", "to": "add", "port": "b"}]
    fragment = replace(clip.copied(document, ["add"]), extra=MappingProxyType({"arriving": rows}))
    grown, names = clip.pasted(document, fragment, with_wires=True)
    assert grown.sources(names["add"]) == {"b": "input"}
    broken = replace(fragment, extra=MappingProxyType({"arriving": {"from": "input"}}))
    assert clip.pasted(document, broken, with_wires=True)[0].edges == document.edges


def test_an_unknown_kind_is_copied_as_it_stands() -> None:
    odd = Node("odd", "from_the_future", MappingProxyType({"depth": [1, 2]}), extra=MappingProxyType({"new": True}))
    document = replace(edits.empty(), nodes=MappingProxyType({"odd": odd}))
    grown, names = clip.pasted(document, clip.copied(document, ["odd"]))
    assert grown.nodes[names["odd"]] == replace(odd, id="from_the_future")


def test_a_copy_far_out_stays_where_a_file_may_put_it() -> None:
    document = edits.move(network(), {"add": (edits.FAR, 0.0)})
    grown, names = clip.pasted(document, clip.copied(document, ["add"]), (100.0, 0.0))
    assert grown.nodes[names["add"]].position == (edits.FAR, 0.0)
