"""Dragging with Alt held."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.graph import furniture
from core.graph.document import Edge, Note
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

ALT = Qt.KeyboardModifier.AltModifier


def middle(view: CanvasView, name: str) -> QPointF:
    return view.node_item(name).card().center()


def test_an_alt_drag_leaves_the_original_and_puts_a_copy_with_its_inner_wires(drawn: AppContext, view: CanvasView,
                                                                              hand: Hand) -> None:
    before = drawn.document
    drawn.select(["dense", "sigmoid"])
    hand.drag(middle(view, "dense"), middle(view, "dense") + QPointF(0, 256), ALT)
    assert {k: drawn.document.nodes[k] for k in before.nodes} == dict(before.nodes)
    assert drawn.document.nodes["dense_2"].position == (224, 256)
    assert drawn.document.nodes["sigmoid_2"].position == (448, 256)
    assert drawn.document.edges - before.edges == {Edge("dense_2", "sigmoid_2")}
    assert drawn.selection == {"dense_2", "sigmoid_2"}
    assert drawn.history.undo_label == "Clone 2 nodes"
    drawn.history.undo()
    assert drawn.document is before


def test_while_copies_are_dragged_they_are_shown_and_the_originals_stay(drawn: AppContext, view: CanvasView,
                                                                        hand: Hand) -> None:
    before, count = view.grab().toImage(), len(view.canvas_scene.items())
    start = middle(view, "output")
    hand.press(start, ALT)
    hand.move(start + QPointF(0, 100), ALT)
    assert view.node_item("output").pos() == QPointF(224, 160)
    assert len(view.canvas_scene.items()) > count
    assert view.grab().toImage() != before
    hand.release(start + QPointF(0, 100), ALT)
    assert view.node_item("output").pos() == QPointF(224, 160)


def test_escape_gives_a_clone_up(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    before, count = drawn.document, len(view.canvas_scene.items())
    start = middle(view, "dense")
    hand.press(start, ALT)
    hand.move(start + QPointF(0, 100), ALT)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(start + QPointF(0, 100), ALT)
    assert drawn.document is before
    assert not drawn.history.can_undo
    assert len(view.canvas_scene.items()) == count


def test_an_alt_click_only_selects(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(middle(view, "dense"), ALT)
    assert drawn.selection == {"dense"}
    assert not drawn.history.can_undo


def annotated(context: AppContext, view: CanvasView) -> None:
    """A note below, and Dense and Sigmoid in a group."""
    note = Note("note", "Mind this", (0.0, 240.0), (160.0, 80.0))
    document = furniture.group(furniture.add_note(context.document, note), ("dense", "sigmoid"), "Body")
    context.history.restart(document)
    view.centerOn(300, 100)


def test_an_alt_drag_of_a_note_leaves_it_and_puts_a_copy(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    annotated(drawn, view)
    before, count = drawn.document, len(view.canvas_scene.items())
    hand.drag(QPointF(40, 280), QPointF(40, 360), ALT)
    assert drawn.document.notes["note"] == before.notes["note"]
    (copy,) = drawn.document.notes.keys() - before.notes.keys()
    assert drawn.document.notes[copy].position == (0, 320)
    assert view.canvas_scene.notes.picked == {copy}
    assert len(view.canvas_scene.items()) == count + 1
    drawn.history.undo()
    assert drawn.document is before


@pytest.mark.parametrize("collapsed", [False, True])
def test_an_alt_drag_of_a_group_leaves_it_and_puts_a_copy(drawn: AppContext, view: CanvasView, hand: Hand,
                                                          collapsed: bool) -> None:
    annotated(drawn, view)
    drawn.history.restart(furniture.collapse(drawn.document, "group", collapsed))
    before, groups = drawn.document, view.canvas_scene.groups
    start = groups.cards["group"].card().center() if collapsed else groups.frames["group"].bar().center()
    hand.press(start, ALT)
    hand.move(start + QPointF(0, 200), ALT)
    hand.move(start + QPointF(0, 256), ALT)
    assert drawn.document is before
    hand.release(start + QPointF(0, 256), ALT)
    assert drawn.document.groups["group"] == before.groups["group"]
    assert drawn.document.groups["group_2"].members == {"dense_2", "sigmoid_2"}
    assert drawn.document.nodes["dense_2"].position == (224, 256)
    assert drawn.selection == {"dense_2", "sigmoid_2"}
    drawn.history.undo()
    assert drawn.document is before


def test_escape_gives_the_clone_of_a_note_up(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    annotated(drawn, view)
    before, count = drawn.document, len(view.canvas_scene.items())
    hand.press(QPointF(40, 280), ALT)
    hand.move(QPointF(40, 360), ALT)
    assert len(view.canvas_scene.items()) == count + 1
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(QPointF(40, 360), ALT)
    assert drawn.document is before
    assert len(view.canvas_scene.items()) == count
