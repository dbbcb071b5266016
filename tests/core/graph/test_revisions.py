"""The history numbers what is computed, so that undo can be told from an edit to an equal document."""
from __future__ import annotations

from core.graph import edits
from core.graph.history import History
from tests.core._build import chain, dense


def made() -> History:
    history = History(edits.empty())
    history.restart(chain(dense(2), dense(1)))
    return history


def edit(history: History, change, merge=None) -> int:
    history.do("Edit", change(history.document), merge=merge)
    return history.revision


def units(count):
    return lambda doc: edits.set_params(doc, "dense", {"units": count})


def test_what_changes_only_the_picture_keeps_the_number() -> None:
    history = made()
    first = history.revision
    assert edit(history, lambda doc: edits.move(doc, {"dense": (7.0, 7.0)})) == first
    assert edit(history, lambda doc: edits.rename(doc, "dense", "first")) == first
    assert edit(history, units(3)) != first


def test_undo_and_redo_bring_numbers_back_and_an_edit_never_does() -> None:
    history = made()
    numbers = [history.revision, edit(history, units(3)), edit(history, units(2))]
    assert len(set(numbers)) == 3
    history.undo()
    assert history.revision == numbers[1]
    history.undo()
    assert history.revision == numbers[0]
    history.redo()
    assert history.revision == numbers[1]
    assert edit(history, units(4)) not in numbers


def test_undo_over_moves_finds_the_number_of_what_was_computed() -> None:
    history = made()
    first = history.revision
    edit(history, lambda doc: edits.move(doc, {"dense": (7.0, 7.0)}))
    second = edit(history, units(3))
    edit(history, lambda doc: edits.move(doc, {"dense": (9.0, 9.0)}))
    history.undo()
    assert history.revision == second
    history.undo()
    assert history.revision == first


def test_a_row_of_merged_edits_ends_with_a_number_of_its_own() -> None:
    history = made()
    first = history.revision
    seen = {edit(history, units(count), merge="units") for count in range(3, 9)}
    assert len(seen) == 6
    history.undo()
    assert history.revision == first
    history.redo()
    assert history.revision == max(seen)


def test_another_document_has_a_number_of_its_own_even_if_it_is_equal() -> None:
    history = made()
    first = history.revision
    history.restart(history.document)
    assert history.revision != first
