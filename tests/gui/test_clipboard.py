"""Cut, copy, paste and duplicate at the real window, with keys and the pointer."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from core.graph import furniture
from core.graph.document import Edge, Note
from core.io import fragments
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import Hand, chain

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def filled(window: MainWindow) -> Iterator[MainWindow]:
    """The window with input, dense, sigmoid and output, the canvas having the focus."""
    QGuiApplication.clipboard().clear()
    window.context.history.restart(chain())
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    window.canvas.fit()
    yield window
    QGuiApplication.clipboard().clear()


def press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(window.canvas, key, keys)


def put_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def leave(window: MainWindow) -> None:
    QCoreApplication.sendEvent(window.canvas.viewport(), QEvent(QEvent.Type.Leave))


def test_copy_puts_nodes_into_the_clipboard_as_text(filled: MainWindow) -> None:
    filled.context.select(["dense", "sigmoid"])
    press(filled, Key.Key_C)
    copied = fragments.from_text(QGuiApplication.clipboard().text())
    assert copied.nodes.keys() == {"dense", "sigmoid"}
    assert copied.edges == {Edge("dense", "sigmoid")}
    assert not filled.context.history.can_undo


def test_paste_puts_a_copy_at_the_pointer_on_the_grid_and_selects_it(filled: MainWindow) -> None:
    before, hand = filled.context.document, Hand(filled.canvas)
    filled.context.select(["dense", "sigmoid"])
    press(filled, Key.Key_C)
    hand.hover(QPointF(600, 330))
    press(filled, Key.Key_V)
    document = filled.context.document
    assert filled.context.selection == {"dense_2", "sigmoid_2"}
    assert document.edges - before.edges == {Edge("dense_2", "sigmoid_2")}
    (x, y), (right, _) = document.nodes["dense_2"].position, document.nodes["sigmoid_2"].position
    assert x % 8 == y % 8 == 0
    assert abs((x + right + 168) / 2 - 600) <= 8
    assert abs(y + 28 - 330) <= 8
    assert filled.context.history.undo_label == "Paste 2 nodes"
    filled.context.history.undo()
    assert filled.context.document is before


def test_paste_goes_to_the_middle_of_the_view_if_the_pointer_is_elsewhere(filled: MainWindow) -> None:
    filled.context.select(["sigmoid"])
    press(filled, Key.Key_C)
    Hand(filled.canvas).hover(QPointF(600, 400))
    leave(filled)
    filled.canvas.centerOn(3000, 2000)
    press(filled, Key.Key_V)
    card = filled.canvas.node_item("sigmoid_2").card()
    assert abs(card.center().x() - 3000) <= 8
    assert abs(card.center().y() - 2000) <= 8


def test_pasting_again_and_again_never_covers_a_card(filled: MainWindow) -> None:
    filled.context.select(["dense", "sigmoid"])
    press(filled, Key.Key_C)
    Hand(filled.canvas).hover(filled.canvas.node_item("dense").card().center())
    for _ in range(4):
        press(filled, Key.Key_V)
    cards = [item.card() for item in filled.canvas.canvas_scene.nodes.values()]
    assert len(cards) == 12
    assert not any(a.intersects(b) for i, a in enumerate(cards) for b in cards[:i])


def test_paste_with_wires_feeds_the_copy_like_the_original(filled: MainWindow) -> None:
    filled.context.select(["dense"])
    press(filled, Key.Key_C)
    press(filled, Key.Key_V)
    assert filled.context.document.sources("dense_2") == {}
    filled.context.history.undo()
    press(filled, Key.Key_V, BOTH)
    assert filled.context.document.sources("dense_2") == {"x": "input"}


def test_cut_removes_the_nodes_and_paste_brings_them_back(filled: MainWindow) -> None:
    filled.context.select(["dense", "sigmoid"])
    press(filled, Key.Key_X)
    assert filled.context.document.nodes.keys() == {"input", "output"}
    assert filled.context.history.undo_label == "Cut 2 nodes"
    press(filled, Key.Key_V, BOTH)
    assert filled.context.document.edges == chain().edges
    assert filled.context.selection == {"dense", "sigmoid"}


def test_duplicates_step_away_and_go_on_as_the_copy_was_moved(filled: MainWindow) -> None:
    filled.context.select(["output"])
    press(filled, Key.Key_D)
    assert filled.context.document.nodes["output_2"].position == (240, 176)
    press(filled, Key.Key_D)
    assert filled.context.document.nodes["output_3"].position == (256, 192)
    assert filled.context.history.undo_label == "Duplicate Output"
    for _ in range(5):
        press(filled, Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    press(filled, Key.Key_D)
    assert filled.context.document.nodes["output_4"].position == (272, 288)
    filled.context.select(["input"])
    press(filled, Key.Key_D)
    assert filled.context.document.nodes["input_2"].position == (16, 16)


def test_a_fragment_from_a_mail_is_pasted(filled: MainWindow) -> None:
    filled.context.select(["dense"])
    press(filled, Key.Key_C)
    text = QGuiApplication.clipboard().text()
    put_text("Hello,\n\n" + "\n".join(f"> {line}" for line in text.splitlines()) + "\n\nBye")
    press(filled, Key.Key_V)
    assert filled.context.selection == {"dense_2"}


def test_what_cannot_be_pasted_is_said_and_changes_nothing(filled: MainWindow) -> None:
    for text, words in [
        ("", "There are no layers in the clipboard."), ("Some words", "There are no layers in the clipboard."),
        ('{"format": "layerloom", "version": 99}', "newer Layerloom"),
        ('{"format": "layerloom", "version": 1, "nodes": {"a": {"kind": 7}}}', "nodes.a.kind"),
    ]:
        filled.context.notify.notices.clear()
        before = filled.context.document
        put_text(text)
        press(filled, Key.Key_V)
        assert words in filled.context.notify.notices[-1].text
        assert filled.context.document is before


def test_a_text_field_keeps_copy_and_paste_to_itself(filled: MainWindow) -> None:
    field = QLineEdit("words")
    filled.centralWidget().layout().addWidget(field)
    filled.context.select(["dense"])
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "words"
    field.end(False)
    QTest.keyClick(field, Key.Key_V, CTRL)
    assert field.text() == "wordswords"
    assert not filled.context.history.can_undo


def test_without_a_selection_there_is_nothing_to_copy(filled: MainWindow) -> None:
    for name, on in (("cut", False), ("copy", False), ("duplicate", False), ("paste", True)):
        assert filled.actions_by_id[f"edit.{name}"].isEnabled() is on
    filled.context.select(["dense"])
    assert filled.actions_by_id["edit.copy"].isEnabled()


def test_paste_in_the_context_menu_is_meant_for_where_it_opened(filled: MainWindow,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    filled.context.select(["output"])
    press(filled, Key.Key_C)
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: menus.append(menu))
    port, pixel = filled.canvas.viewport(), filled.canvas.mapFromScene(QPointF(520, 300))
    QCoreApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, pixel, port.mapToGlobal(pixel)))
    leave(filled)
    next(action for action in menus[0].actions() if action.text() == "Paste").trigger()
    menus[0].deleteLater()
    card = filled.canvas.node_item("output_2").card()
    assert abs(card.center().x() - 520) <= 8
    assert abs(card.center().y() - 300) <= 8


def test_pasting_from_an_empty_clipboard_is_refused_in_one_sentence(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    before = window.context.document
    window.actions_by_id["edit.paste"].trigger()
    assert window.context.document is before
    assert window.context.notify.notices[-1].text.endswith(".")


def test_a_network_that_is_pasted_onto_an_empty_canvas_is_in_view_as_a_whole(filled: MainWindow) -> None:
    filled.canvas.select_all()
    press(filled, Key.Key_X)
    assert not filled.context.document.nodes
    press(filled, Key.Key_V)
    assert filled.context.document.nodes.keys() == chain().nodes.keys()
    assert filled.canvas.shown_area().contains(filled.canvas.content())


def test_notes_are_copied_with_nodes(filled: MainWindow) -> None:
    filled.context.edit("Add Note", lambda now: furniture.add_note(now, Note("note", "Look", (0, 300))))
    filled.canvas.choose(["dense"], (), ["note"])
    press(filled, Key.Key_D)
    assert filled.context.document.notes["note_2"] == Note("note_2", "Look", (16, 316))
    assert filled.canvas.canvas_scene.notes.picked == {"note_2"}
    assert filled.context.selection == {"dense_2"}


def test_the_pasted_group_is_a_group_of_its_own(filled: MainWindow) -> None:
    filled.context.edit("Group", lambda now: furniture.group(now, ["dense", "sigmoid"], "Both"))
    filled.context.select(["dense", "sigmoid"])
    press(filled, Key.Key_C)
    press(filled, Key.Key_V)
    groups = filled.context.document.groups
    assert {frozenset(group.members) for group in groups.values()} == {
        frozenset({"dense", "sigmoid"}), frozenset({"dense_2", "sigmoid_2"})}
    assert {group.title for group in groups.values()} == {"Both"}
