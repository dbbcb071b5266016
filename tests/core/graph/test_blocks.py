"""Blocks: what is kept of a network, and how it is added to another."""
import pytest

from core.errors import GraphError
from core.graph import blocks, edits, furniture
from core.graph.document import Edge, Note
from tests.core._build import xor


def test_a_block_holds_nodes_notes_and_inner_wires_only():
    doc = furniture.add_note(furniture.group(xor(), ["dense", "sigmoid"], "Old"), Note("note", "why"))
    block = blocks.block_of(doc, ["dense", "sigmoid"], ["note"])
    assert block.nodes.keys() == {"dense", "sigmoid"}
    assert block.edges == {Edge("dense", "sigmoid")}
    assert block.notes.keys() == {"note"}
    assert not block.groups
    assert not block.extra


def test_an_inserted_block_is_a_group_with_its_title_where_it_was_put():
    doc = xor()
    block = blocks.block_of(doc, ["dense", "sigmoid"])
    grown, names = blocks.insert_block(doc, block, "Hidden", (0, 400))
    (group,) = grown.groups.values()
    assert (group.title, group.members) == ("Hidden", set(names.values()))
    assert set(names.values()).isdisjoint(doc.nodes)
    assert Edge(names["dense"], names["sigmoid"]) in grown.edges
    x, y = doc.nodes["dense"].position
    assert grown.nodes[names["dense"]].position == (x, y + 400)
    assert grown.nodes[names["dense"]].params == doc.nodes["dense"].params


def test_a_block_without_nodes_is_refused():
    with pytest.raises(GraphError) as caught:
        blocks.insert_block(xor(), edits.empty(), "Nothing", (0, 0))
    assert caught.value.problem.code == "group.empty"
