"""Notes at the real canvas: laid down, written, dragged, resized, selected, coloured, removed."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import furniture
from core.graph.document import Note
from gui.canvas.note_editor import NoteEditor
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SPOT = QPointF(80, 260)


@pytest.fixture
def noted(drawn: AppContext) -> AppContext:
    """The chain, with a note of 200 x 96 below the input."""
    noted = furniture.add_note(drawn.document, Note("note", "Two inputs,\none bit each", (0, 200)))
    drawn.history.restart(noted)
    QApplication.processEvents()
    return drawn


def editor_of(view: CanvasView) -> NoteEditor:
    return next(e for e in view.viewport().findChildren(NoteEditor) if e.isVisible())


def open_editors(view: CanvasView) -> list[NoteEditor]:
    return [e for e in view.viewport().findChildren(NoteEditor) if e.isVisible()]


def test_a_click_selects_a_note_and_only_it(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    noted.select(["dense"])
    hand.click(SPOT)
    assert view.canvas_scene.notes.picked == {"note"}
    assert not noted.selection
    hand.click(view.node_item("dense").card().center())
    assert not view.canvas_scene.notes.picked


def test_a_click_with_ctrl_adds_a_note_to_the_selection_and_takes_it_out(view: CanvasView, hand: Hand,
                                                                         noted: AppContext) -> None:
    noted.select(["dense"])
    hand.click(SPOT, CTRL)
    assert (view.canvas_scene.notes.picked, noted.selection) == ({"note"}, {"dense"})
    hand.click(SPOT, CTRL)
    assert (view.canvas_scene.notes.picked, noted.selection) == (frozenset(), {"dense"})


def test_a_dragged_note_moves_on_the_grid_in_one_step(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    before = noted.document
    hand.drag(SPOT, SPOT + QPointF(43, 21))
    assert noted.document.notes["note"].position == (40, 224)
    assert noted.history.undo_label == "Move Note"
    noted.history.undo()
    assert noted.document is before
    assert view.canvas_scene.notes.items["note"].pos() == QPointF(0, 200)


def test_with_shift_a_note_moves_freely(hand: Hand, noted: AppContext) -> None:
    hand.drag(SPOT, SPOT + QPointF(43, 21), SHIFT)
    assert noted.document.notes["note"].position == (43, 221)


def test_notes_and_nodes_that_are_selected_move_together_whichever_is_dragged(view: CanvasView, hand: Hand,
                                                                              noted: AppContext) -> None:
    view.select_all()
    hand.drag(SPOT, SPOT + QPointF(80, 40))
    document = noted.document
    assert (document.notes["note"].position, document.nodes["input"].position) == ((80, 240), (80, 40))
    card = view.node_item("input").card().center()
    hand.drag(card, card - QPointF(80, 40))
    document = noted.document
    assert (document.notes["note"].position, document.nodes["input"].position) == ((0, 200), (0, 0))
    noted.history.undo()
    assert view.canvas_scene.notes.items["note"].pos() == QPointF(80, 240)


def test_escape_gives_a_drag_up(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    hand.press(SPOT)
    hand.move(SPOT + QPointF(60, 60))
    assert view.canvas_scene.notes.items["note"].pos() != QPointF(0, 200)
    view.escape()
    assert view.canvas_scene.notes.items["note"].pos() == QPointF(0, 200)
    hand.release(SPOT)
    assert not noted.history.can_undo


def test_the_rubber_band_takes_notes_and_nodes(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    hand.drag(QPointF(-40, -40), QPointF(100, 230))
    assert view.canvas_scene.notes.picked == {"note"}
    assert noted.selection == {"input"}


def test_dragging_the_corner_resizes_down_to_a_smallest_size(hand: Hand, noted: AppContext) -> None:
    corner = QPointF(196, 292)
    hand.drag(corner, corner + QPointF(43, 20))
    assert noted.document.notes["note"].size == (240, 120)
    assert noted.history.undo_label == "Resize Note"
    hand.drag(QPointF(236, 316), QPointF(-100, 100))
    assert noted.document.notes["note"].size == (64, 40)


def test_delete_removes_notes_with_nodes_in_one_step(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    before = noted.document
    hand.click(SPOT)
    hand.click(view.node_item("output").card().center(), CTRL)
    view.delete_selection()
    assert not noted.document.notes
    assert "output" not in noted.document.nodes
    noted.history.undo()
    assert noted.document is before
    assert view.canvas_scene.notes.items.keys() == {"note"}


def test_arrows_move_the_selected_note(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    hand.click(SPOT)
    QTest.keyClick(view, Key.Key_Right)
    QTest.keyClick(view, Key.Key_Down, SHIFT)
    assert noted.document.notes["note"].position == (8, 201)


def test_a_double_click_edits_and_ctrl_enter_keeps_it_in_one_step(view: CanvasView, hand: Hand,
                                                                  noted: AppContext) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, hand.pixel(SPOT))
    editor = editor_of(view)
    QTest.keyClicks(editor, ".")
    QTest.keyClick(editor, Key.Key_Return)
    QTest.keyClicks(editor, "So XOR")
    QTest.keyClick(editor, Key.Key_Return, CTRL)
    assert noted.document.notes["note"].text == "Two inputs,\none bit each.\nSo XOR"
    assert not open_editors(view)
    noted.history.undo()
    assert noted.document.notes["note"].text == "Two inputs,\none bit each"
    assert not noted.history.can_undo


def test_escape_leaves_the_text_as_it_was(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    hand.click(SPOT)
    QTest.keyClick(view, Key.Key_Return)
    editor = editor_of(view)
    QTest.keyClicks(editor, "nonsense")
    QTest.keyClick(editor, Key.Key_Escape)
    assert not open_editors(view)
    assert not noted.history.can_undo


def test_a_click_elsewhere_keeps_what_was_written(view: CanvasView, hand: Hand, noted: AppContext,
                                                  qtbot) -> None:
    view.activateWindow()
    hand.click(SPOT)
    QTest.keyClick(view, Key.Key_Return)
    editor = editor_of(view)
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, " Done")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
    assert noted.document.notes["note"].text.endswith("each Done")
    assert not open_editors(view)


def test_a_note_grows_with_its_text(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    editor = view.canvas_scene.notes.edit(view, "note")
    editor.setPlainText("\n".join("abcdefghij"))
    editor.commit()
    item = view.canvas_scene.notes.items["note"]
    assert noted.document.notes["note"].size[1] >= item.wanted_height("\n".join("abcdefghij")) > 96
    assert noted.document.notes["note"].size[1] % 8 == 0


def test_the_editor_closes_if_its_note_is_undone(view: CanvasView, noted: AppContext) -> None:
    noted.edit("Add", lambda doc: furniture.add_note(doc, Note("second", "x", (300, 300))))
    view.canvas_scene.notes.edit(view, "second")
    assert open_editors(view)
    noted.history.undo()
    assert not open_editors(view)
    assert noted.document.notes.keys() == {"note"}


def test_the_editor_follows_zoom_and_pan(view: CanvasView, noted: AppContext) -> None:
    editor = view.canvas_scene.notes.edit(view, "note")
    for change in (view.zoom_in, lambda: view.pan_by(QPoint(30, 10))):
        change()
        sheet = view.mapFromScene(view.canvas_scene.notes.items["note"].sheet()).boundingRect()
        assert editor.geometry().topLeft() == sheet.topLeft()
    editor.commit()


def test_fit_brings_notes_into_view(view: CanvasView, noted: AppContext) -> None:
    noted.edit("Add", lambda doc: furniture.add_note(doc, Note("far", "x", (2000, 1000))))
    view.fit()
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(QPointF(2200, 1096))


def test_nodes_and_wires_lie_above_notes(view: CanvasView, hand: Hand, noted: AppContext) -> None:
    noted.edit("Move", lambda doc: furniture.move_notes(doc, {"note": (200, -20)}))
    hand.click(view.node_item("dense").card().center())
    assert noted.selection == {"dense"}
    wire = view.canvas_scene.wires[next(e for e in noted.document.edges if e.target == "dense")]
    hand.click((wire.start + wire.end) / 2)
    assert view.canvas_scene.selected_wires == {wire.edge}
    hand.click(QPointF(212, 60))
    assert view.canvas_scene.notes.picked == {"note"}
