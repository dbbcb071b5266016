"""Notes and groups in the real window: keys, menus, context menus, the inspector beside them."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from core.graph import furniture
from core.graph.document import COLOURS, Note
from core.io import documents
from gui.canvas.note_editor import NoteEditor
from gui.canvas.title_editor import TitleEditor
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import Hand, chain
from tests.gui.conftest import MenuAt, texts

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
BODY = {"dense", "sigmoid"}


@pytest.fixture
def hand(window: MainWindow) -> Hand:
    """A hand over the canvas of a window that shows the chain."""
    window.context.history.restart(chain())
    QApplication.processEvents()
    window.canvas.fit()
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    return Hand(window.canvas)


@pytest.fixture
def menu_at(hand: Hand, menu_at: MenuAt) -> MenuAt:
    """The menus of a window that shows the chain."""
    return menu_at


def folded(menu: QMenu, text: str) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == text)
    assert isinstance(found, QMenu)
    return found


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()


def note_editor(window: MainWindow) -> NoteEditor:
    return next(e for e in window.canvas.viewport().findChildren(NoteEditor) if e.isVisible())


def title_editor(window: MainWindow) -> TitleEditor:
    return next(e for e in window.canvas.viewport().findChildren(TitleEditor) if e.isVisible())


def add_note(window: MainWindow, **values) -> None:
    window.context.edit("Add", lambda doc: furniture.add_note(doc, Note("note", "Text", (0, 200), **values)))


def test_n_lays_a_note_under_the_pointer_and_what_is_typed_is_on_it(window: MainWindow, hand: Hand) -> None:
    before = window.context.document
    hand.hover(QPointF(98, 241))
    QTest.keyClick(window.canvas, Key.Key_N)
    editor = note_editor(window)
    QTest.keyClicks(editor, "No n without a note")
    QTest.keyClick(editor, Key.Key_Return, CTRL)
    (note,) = window.context.document.notes.values()
    assert (note.text, note.position) == ("No n without a note", (96, 240))
    window.context.history.undo()
    assert window.context.document is before
    assert not window.context.history.can_undo


def test_an_empty_note_stays_after_escape(window: MainWindow, hand: Hand) -> None:
    QTest.keyClick(window.canvas, Key.Key_N)
    QTest.keyClick(note_editor(window), Key.Key_Escape)
    assert [note.text for note in window.context.document.notes.values()] == [""]


def test_with_the_pointer_elsewhere_a_note_comes_to_the_middle(window: MainWindow, hand: Hand) -> None:
    hand.hover(QPointF(98, 241))
    QCoreApplication.sendEvent(window.canvas.viewport(), QEvent(QEvent.Type.Leave))
    window.actions_by_id["network.add_note"].trigger()
    (note,) = window.context.document.notes.values()
    middle = window.canvas.mapToScene(window.canvas.viewport().rect().center())
    assert abs(note.position[0] - middle.x()) <= 8
    assert abs(note.position[1] - middle.y()) <= 8


def test_the_menu_of_the_canvas_lays_a_note_where_it_was_opened(window: MainWindow, menu_at: MenuAt) -> None:
    menu = menu_at(QPointF(400, 260))
    QCoreApplication.sendEvent(window.canvas.viewport(), QEvent(QEvent.Type.Leave))
    trigger(menu, "Add Note")
    (note,) = window.context.document.notes.values()
    assert QPointF(*note.position) == QPointF(400, 264)


def test_typing_n_into_a_field_is_only_a_letter(window: MainWindow, hand: Hand) -> None:
    search = window.panels["palette"].search
    search.setFocus()
    QTest.keyClicks(search, "norm")
    assert search.text() == "norm"
    assert not window.context.document.notes


@pytest.mark.parametrize("colour", COLOURS)
def test_the_menu_of_a_note_colours_it(window: MainWindow, menu_at: MenuAt, colour: str) -> None:
    add_note(window, colour="red" if colour != "red" else "blue")
    menu = menu_at(QPointF(30, 220))
    assert window.canvas.canvas_scene.notes.picked == {"note"}
    assert "Delete" in texts(menu)
    colours = next(action for action in menu.actions() if action.text() == "Colour").menu()
    colours.aboutToShow.emit()
    assert texts(colours) == [name.capitalize() for name in COLOURS]
    next(action for action in colours.actions() if action.text() == colour.capitalize()).trigger()
    menu.deleteLater()
    assert window.context.document.notes["note"].colour == colour
    assert window.context.history.undo_label == "Colour Note"


def test_delete_removes_the_selected_note(window: MainWindow, hand: Hand) -> None:
    add_note(window)
    hand.click(QPointF(30, 220))
    QTest.keyClick(window.canvas, Key.Key_Delete)
    assert not window.context.document.notes
    assert window.context.history.undo_label == "Delete Note"


def test_ctrl_g_groups_the_selection_and_asks_for_a_title_in_one_step(window: MainWindow, hand: Hand) -> None:
    before = window.context.document
    window.canvas.choose(BODY)
    QTest.keyClick(window.canvas, Key.Key_G, CTRL)
    QTest.keyClicks(title_editor(window), "Body")
    QTest.keyClick(title_editor(window), Key.Key_Return)
    (group,) = window.context.document.groups.values()
    assert (group.title, group.members) == ("Body", BODY)
    assert window.context.history.undo_label == "Group Selection"
    window.context.history.undo()
    assert window.context.document is before
    assert not window.context.history.can_undo


def test_ctrl_shift_g_dissolves_the_group(window: MainWindow, hand: Hand) -> None:
    window.context.edit("Group", lambda doc: furniture.group(doc, BODY))
    window.canvas.choose(["dense"])
    QTest.keyClick(window.canvas, Key.Key_G, CTRL | SHIFT)
    assert not window.context.document.groups


def test_alt_c_collapses_the_group_of_the_selection_and_opens_it_again(window: MainWindow, hand: Hand) -> None:
    window.context.edit("Group", lambda doc: furniture.group(doc, BODY))
    window.canvas.choose(["dense"])
    action = window.actions_by_id["network.collapse"]
    assert action.text() == "Collapse Group"
    QTest.keyClick(window.canvas, Key.Key_C, ALT)
    assert not window.canvas.node_item("dense").isVisible()
    assert action.text() == "Expand Group"
    QTest.keyClick(window.canvas, Key.Key_C, ALT)
    assert window.canvas.node_item("dense").isVisible()
    window.canvas.choose(["input"])
    assert not action.isEnabled()


def test_the_menu_of_a_title_bar_is_that_of_the_group(window: MainWindow, menu_at: MenuAt) -> None:
    window.context.edit("Group", lambda doc: furniture.group(doc, BODY, "Body"))
    frame = window.canvas.canvas_scene.groups.frames["group"]
    menu = menu_at(frame.bar(window.canvas.zoom).center())
    assert window.context.selection == BODY
    for text in ("Ungroup", "Collapse Group", "Rename Group", "Colour", "Delete Group with Content"):
        assert text in texts(menu)
    trigger(menu, "Rename Group")
    QTest.keyClicks(title_editor(window), "New")
    QTest.keyClick(title_editor(window), Key.Key_Return)
    assert window.context.document.groups["group"].title == "New"


def test_a_group_is_deleted_with_its_content(window: MainWindow, menu_at: MenuAt) -> None:
    window.context.edit("Group", lambda doc: furniture.group(doc, BODY, "Body"))
    frame = window.canvas.canvas_scene.groups.frames["group"]
    trigger(menu_at(frame.bar(window.canvas.zoom).center()), "Delete Group with Content")
    assert window.context.document.nodes.keys() == {"input", "output"}
    assert not window.context.document.groups


def test_the_menu_of_a_collapsed_card_colours_and_expands_the_group(window: MainWindow, menu_at: MenuAt) -> None:
    window.context.edit("Group", lambda doc: furniture.collapse(furniture.group(doc, BODY), "group", True))
    card = window.canvas.canvas_scene.groups.cards["group"]
    menu = menu_at(card.card().center())
    colours = next(action for action in menu.actions() if action.text() == "Colour").menu()
    colours.aboutToShow.emit()
    next(action for action in colours.actions() if action.text() == "Amber").trigger()
    assert card.face.colour == window.context.document.groups["group"].colour == "amber"
    trigger(menu, "Expand Group")
    assert window.canvas.node_item("dense").isVisible()


def test_nodes_join_and_leave_a_group_by_their_menu(window: MainWindow, menu_at: MenuAt) -> None:
    window.context.edit("Group", lambda doc: furniture.group(doc, ["dense"], "Body"))
    menu = menu_at(window.canvas.node_item("sigmoid").card().center())
    enabled = {action.text(): action.isEnabled() for action in folded(menu, "Group").actions()}
    assert not enabled["Add to Group"]
    assert not enabled["Remove from Group"]
    menu.deleteLater()
    window.canvas.choose(BODY)
    trigger(folded(menu_at(window.canvas.node_item("sigmoid").card().center()), "Group"), "Add to Group")
    assert window.context.document.groups["group"].members == BODY
    assert window.context.history.undo_label == "Add to Body"
    window.canvas.choose(["dense"])
    trigger(folded(menu_at(window.canvas.node_item("dense").card().center()), "Group"), "Remove from Group")
    assert window.context.document.groups["group"].members == {"sigmoid"}


def test_a_problem_of_a_hidden_member_leads_to_its_card(window: MainWindow, hand: Hand) -> None:
    window.context.edit("Group", lambda doc: furniture.collapse(furniture.group(doc, BODY), "group", True))
    window.canvas.centerOn(9000, 9000)
    window.context.select(["sigmoid"])
    card = window.canvas.canvas_scene.groups.cards["group"]
    assert window.canvas.mapToScene(window.canvas.viewport().rect()).boundingRect().contains(card.card())


def test_what_was_drawn_comes_back_from_its_file(window: MainWindow, hand: Hand, tmp_path) -> None:
    add_note(window)
    window.context.edit("Group", lambda doc: furniture.collapse(furniture.group(doc, BODY, "Body"), "group", True))
    before = window.context.document
    path = tmp_path / "net.json"
    documents.write(before, path)
    window.context.history.restart(chain())
    assert not window.canvas.canvas_scene.groups.cards
    window.files.open_path(path)
    assert window.context.document == before
    assert window.canvas.canvas_scene.groups.cards["group"].face.title == "Body"
    assert window.canvas.canvas_scene.notes.items.keys() == {"note"}
