"""Undo, redo, steps that join, and what counts as saved."""
from core.graph import edits
from core.graph.document import Diff, Node
from core.graph.history import History
from tests.core._build import xor


def moved(doc, x, node="dense"):
    return edits.move(doc, {node: (x, 0.0)})


def started():
    history = History(xor())
    heard: list[Diff] = []
    history.listeners.append(lambda change, doc: heard.append(change))
    return history, heard


def test_undo_and_redo_lead_to_the_very_same_documents():
    history, _ = started()
    first = history.document
    history.do("one", second := moved(first, 1))
    history.do("two", third := moved(second, 2))
    history.undo()
    assert history.document is second
    history.undo()
    assert history.document is first
    history.redo()
    history.redo()
    assert history.document is third


def test_labels_say_what_undo_and_redo_would_do():
    history, _ = started()
    assert (history.undo_label, history.redo_label) == ("", "")
    history.do("Move", moved(history.document, 1))
    assert history.undo_label == "Move"
    history.undo()
    assert (history.undo_label, history.redo_label) == ("", "Move")


def test_undo_and_redo_at_the_ends_do_nothing():
    history, heard = started()
    history.undo()
    history.redo()
    assert not heard
    assert not history.can_undo
    assert not history.can_redo


def test_an_edit_that_changes_nothing_is_no_step_and_nobody_hears_of_it():
    history, heard = started()
    assert not history.do("Move", moved(history.document, history.document.nodes["dense"].position[0]))
    assert not history.can_undo
    assert not heard


def test_a_new_edit_ends_what_could_be_redone():
    history, _ = started()
    history.do("one", moved(history.document, 1))
    history.undo()
    history.do("two", moved(history.document, 2))
    assert not history.can_redo


def test_edits_with_one_merge_key_become_one_step():
    history, heard = started()
    first = history.document
    for x in range(1, 6):
        history.do("Move", moved(history.document, x), merge="drag")
    assert len(heard) == 5
    history.undo()
    assert history.document is first
    history.redo()
    assert history.document.nodes["dense"].position == (5.0, 0.0)


def test_another_key_a_seal_an_undo_or_a_save_begins_a_new_step():
    for between in (lambda h: h.do("other", moved(h.document, 50, "output"), merge="other"), lambda h: h.seal(),
                    lambda h: (h.undo(), h.redo()), lambda h: h.mark_saved(),
                    lambda h: (h.do("other", moved(h.document, 50, "output")), h.undo())):
        history, _ = started()
        history.do("Move", moved(history.document, 1), merge="drag")
        between(history)
        kept = history.document
        history.do("Move", moved(history.document, 2), merge="drag")
        history.undo()
        assert history.document is kept


def test_edits_without_a_key_never_join():
    history, _ = started()
    history.do("a", middle := moved(history.document, 1))
    history.do("b", moved(history.document, 2))
    history.undo()
    assert history.document is middle


def test_undo_back_to_what_was_saved_is_clean_again():
    history, _ = started()
    assert not history.dirty
    history.do("a", moved(history.document, 1))
    assert history.dirty
    history.mark_saved()
    assert not history.dirty
    history.do("b", moved(history.document, 2))
    history.undo()
    assert not history.dirty
    history.undo()
    assert history.dirty


def test_a_save_that_ends_later_marks_the_document_that_it_wrote():
    history, _ = started()
    history.do("a", written := moved(history.document, 1))
    history.do("b", moved(history.document, 2))
    history.mark_saved(written)
    assert history.dirty
    history.undo()
    assert not history.dirty


def test_another_document_begins_a_new_history():
    history, heard = started()
    history.do("a", moved(history.document, 1))
    other = edits.empty()
    history.restart(other)
    assert history.document is other
    assert not history.can_undo
    assert not history.dirty
    assert {node.id for node in heard[-1].removed} == set(xor().nodes)
    history.restart(xor(), saved=False)
    assert history.dirty


def test_only_the_newest_steps_are_kept():
    history = History(xor(), limit=3)
    for x in range(1, 11):
        history.do("Move", moved(history.document, x))
    for _ in range(20):
        history.undo()
    assert history.document.nodes["dense"].position == (7.0, 0.0)


def test_listeners_hear_the_difference_in_both_directions():
    history, heard = started()
    history.do("Add", edits.add_node(history.document, Node("new", "relu")))
    history.undo()
    assert [node.id for node in heard[0].added] == ["new"]
    assert [node.id for node in heard[1].removed] == ["new"]


def test_a_listener_may_leave_while_it_is_told():
    history = History(xor())
    calls = []

    def once(change, doc):
        calls.append("once")
        history.listeners.remove(once)

    history.listeners += [once, lambda change, doc: calls.append("always")]
    history.do("a", moved(history.document, 1))
    history.do("b", moved(history.document, 2))
    assert calls == ["once", "always", "always"]
