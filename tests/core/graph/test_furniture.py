"""Notes and groups: what the edits give, and what they refuse."""
import math

import pytest

from core.errors import GraphError
from core.graph import edits, furniture
from core.graph.document import COLOURS, Note
from core.io import documents
from tests.core._build import xor


def refused(edit):
    with pytest.raises(GraphError) as caught:
        edit()
    assert caught.value.problem.message.endswith(".")
    return caught.value.problem.code


def noted(text="Why tanh?"):
    return furniture.add_note(xor(), Note("note", text, (8, 16)))


def grouped():
    return furniture.group(xor(), ["dense", "sigmoid"], "Hidden")


def test_a_new_note_lies_where_it_was_put():
    doc = noted()
    assert doc.notes["note"] == Note("note", "Why tanh?", (8.0, 16.0), (200.0, 96.0), "grey")
    assert furniture.fresh_note(doc) == "note_2"
    assert doc.edges == xor().edges


def test_a_note_can_be_rewritten_coloured_resized_and_moved_and_the_old_document_stays():
    doc = noted()
    after = furniture.change_note(doc, "note", text="", colour="amber", size=(64, 32))
    after = furniture.move_notes(after, {"note": (-5, 2e9)})
    assert after.notes["note"] == Note("note", "", (-5.0, edits.FAR), (64.0, 32.0), "amber")
    assert doc.notes["note"].text == "Why tanh?"


def test_removed_notes_are_gone_and_the_others_stay():
    doc = furniture.add_note(noted(), Note("second", "b"))
    assert set(furniture.remove_notes(doc, ["note"]).notes) == {"second"}


@pytest.mark.parametrize(("code", "edit"), [
    ("note.duplicate", lambda doc: furniture.add_note(doc, Note("note", ""))),
    ("note.duplicate", lambda doc: furniture.add_note(doc, Note("", ""))),
    ("note.unknown", lambda doc: furniture.change_note(doc, "nowhere", text="")),
    ("note.unknown", lambda doc: furniture.remove_notes(doc, ["nowhere"])),
    ("note.text", lambda doc: furniture.change_note(doc, "note", text="x" * 20_001)),
    ("colour.unknown", lambda doc: furniture.change_note(doc, "note", colour="pink")),
    ("note.size", lambda doc: furniture.change_note(doc, "note", size=(0, 40))),
    ("note.size", lambda doc: furniture.change_note(doc, "note", size=(40, math.nan))),
    ("note.size", lambda doc: furniture.change_note(doc, "note", size=(math.inf, 40))),
    ("note.position", lambda doc: furniture.move_notes(doc, {"note": (math.nan, 0)})),
    ("group.empty", lambda doc: furniture.group(doc, [])),
    ("node.unknown", lambda doc: furniture.group(doc, ["nobody"])),
    ("colour.unknown", lambda doc: furniture.group(doc, ["dense"], colour="pink")),
    ("group.unknown", lambda doc: furniture.ungroup(doc, "nowhere")),
    ("group.unknown", lambda doc: furniture.collapse(doc, "nowhere", True)),
    ("node.unknown", lambda doc: furniture.remove_from_groups(doc, ["nobody"])),
])
def test_nonsense_is_refused(code, edit):
    assert refused(lambda: edit(noted())) == code


def test_grouped_nodes_leave_the_groups_that_they_were_in_and_empty_groups_vanish():
    doc = furniture.group(grouped(), ["dense", "output"], "Second")
    assert {g.title: g.members for g in doc.groups.values()} == {
        "Hidden": {"sigmoid"}, "Second": {"dense", "output"}}
    doc = furniture.group(doc, ["sigmoid", "dense", "output"], "All")
    assert [g.title for g in doc.groups.values()] == ["All"]


def test_nodes_join_and_leave_a_group():
    doc = furniture.group(grouped(), ["output"], "End")
    doc = furniture.add_to_group(doc, "group", ["output", "dense"])
    assert {k: g.members for k, g in doc.groups.items()} == {"group": {"dense", "sigmoid", "output"}}
    doc = furniture.remove_from_groups(doc, ["dense"])
    assert doc.groups["group"].members == {"sigmoid", "output"}
    assert furniture.remove_from_groups(doc, ["dense"]) is doc
    assert not furniture.remove_from_groups(doc, ["sigmoid", "output"]).groups


def test_the_group_of_a_node_is_found():
    assert furniture.group_of(grouped(), "dense").id == "group"
    assert furniture.group_of(grouped(), "output") is None


def test_a_group_is_renamed_coloured_collapsed_and_dissolved():
    doc = furniture.rename_group(grouped(), "group", "  Body " + "x" * 99)
    doc = furniture.collapse(furniture.colour_group(doc, "group", "green"), "group", True)
    found = doc.groups["group"]
    assert (found.title[:7], len(found.title), found.colour, found.collapsed) == ("Body xx", 80, "green", True)
    assert not furniture.collapse(doc, "group", False).groups["group"].collapsed
    gone = furniture.ungroup(doc, "group")
    assert not gone.groups
    assert gone.nodes == doc.nodes


@pytest.mark.parametrize("colour", COLOURS)
def test_what_the_edits_give_can_be_saved_and_opened_again(colour):
    doc = furniture.group(noted("one\ntwo"), ["dense"], "Ümlaut", colour)
    doc = furniture.change_note(doc, "note", colour=colour)
    assert documents.loads(documents.dumps(doc)) == doc
