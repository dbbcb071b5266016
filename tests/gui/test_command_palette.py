"""The command palette, by real keys at the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from core.graph.document import Edge
from core.layers import LAYERS
from gui.actions import ACTIONS, SUBMENUS
from gui.choice_delegate import pieces, split
from gui.choices import Choice, ranked
from gui.commands import ITSELF, commands
from gui.main_window import MainWindow
from gui.panels import PANELS
from gui.picker import ROWS, Picker
from gui.settings import Settings
from tests.gui.canvas.conftest import network

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow) -> Picker:
    """Press Ctrl+K with the focus on the canvas."""
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    QTest.keyClick(window.canvas, Key.Key_K, CTRL)
    (picker,) = shown(window)
    return picker


def shown(window: MainWindow) -> list[Picker]:
    return [p for p in window.findChildren(Picker) if not p.isHidden()]


def texts(picker: Picker) -> list[str]:
    return [choice.text for choice in picker.model.rows]


def test_it_lists_every_action_panel_layer_and_line_of_a_submenu(window: MainWindow) -> None:
    keys = {choice.key for choice in commands(window)}
    assert keys >= set(ACTIONS) - {ITSELF}
    assert keys >= {f"panel.{name}" for name in PANELS} | {f"layer.{kind}" for kind in LAYERS}
    assert {"view.theme/Dark", "train.pace/Full"} <= keys
    assert any(key.startswith("file.examples/") for key in keys)
    assert len(keys) == len(commands(window))


def test_what_is_not_available_stands_last_and_does_nothing(window: MainWindow) -> None:
    picker = opened(window)
    states = [choice.enabled for choice in picker.model.rows]
    assert states == sorted(states, reverse=True)
    QTest.keyClicks(picker.field, "undo")
    assert picker.current is not None
    assert not picker.current.enabled
    QTest.keyClick(picker.field, Key.Key_Return)
    assert shown(window) == [picker]


def test_typing_and_enter_run_a_command_and_give_the_focus_back(window: MainWindow) -> None:
    picker = opened(window)
    assert QApplication.focusWidget() is picker.field
    QTest.keyClicks(picker.field, "fc")
    assert texts(picker)[0] == "Add Dense"
    QTest.keyClick(picker.field, Key.Key_Return)
    assert shown(window) == []
    assert [node.kind for node in window.context.document.nodes.values()] == ["dense"]
    assert QApplication.focusWidget() is window.canvas


def test_a_panel_is_shown_and_then_offered_to_be_hidden(window: MainWindow) -> None:
    for verb, open_ in (("Show", True), ("Hide", False)):
        picker = opened(window)
        QTest.keyClicks(picker.field, f"{verb} problems")
        assert texts(picker)[0] == f"{verb} Problems"
        QTest.keyClick(picker.field, Key.Key_Return)
        QApplication.processEvents()
        assert window.docks.docks["problems"].isVisible() is open_


def test_arrows_and_pages_move_through_the_list(window: MainWindow) -> None:
    picker = opened(window)
    last = len(picker.model.rows) - 1
    for key, row in ((Key.Key_Down, 1), (Key.Key_PageDown, 1 + ROWS), (Key.Key_PageUp, 1), (Key.Key_Up, 0),
                     (Key.Key_Up, last), (Key.Key_PageDown, last), (Key.Key_Down, 0)):
        QTest.keyClick(picker.field, key)
        assert picker.list.currentIndex().row() == row


@pytest.mark.parametrize("way", ["escape", "again", "click"])
def test_it_closes_without_doing_anything(window: MainWindow, way: str) -> None:
    before = window.context.document
    picker = opened(window)
    if way == "escape":
        QTest.keyClick(picker.field, Key.Key_Escape)
    elif way == "again":
        QTest.keyClick(picker.field, Key.Key_K, CTRL)
    else:
        QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=QPoint(5, picker.height() - 5))
    assert shown(window) == []
    assert window.context.document is before
    assert QApplication.focusWidget() is window.canvas


def test_a_click_on_a_line_runs_it(window: MainWindow) -> None:
    picker = opened(window)
    QTest.keyClicks(picker.field, "add dropout")
    place = picker.list.visualRect(picker.model.index(0, 0)).center()
    QTest.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert {n.kind for n in window.context.document.nodes.values()} == {"dropout"}


def test_what_was_used_last_comes_first_also_after_a_restart(window: MainWindow) -> None:
    for text in ("add softmax", "add dense"):
        picker = opened(window)
        QTest.keyClicks(picker.field, text)
        QTest.keyClick(picker.field, Key.Key_Return)
    assert texts(opened(window))[:2] == ["Add Dense", "Add Softmax"]
    assert Settings.load().recent_commands[:2] == ["layer.dense", "layer.softmax"]


def test_what_answers_nothing_says_so(window: MainWindow) -> None:
    picker = opened(window)
    QTest.keyClicks(picker.field, "qqqqq")
    assert not picker.list.isVisible()
    QTest.keyClick(picker.field, Key.Key_Return)
    QTest.keyClick(picker.field, Key.Key_Down)
    assert shown(window) == [picker]


def test_moving_the_focus_elsewhere_closes_it_and_leaves_the_focus_there(window: MainWindow) -> None:
    opened(window)
    field = window.panels["palette"].findChild(QLineEdit)
    assert field is not None
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert shown(window) == []
    assert QApplication.focusWidget() is field


def test_it_stays_inside_a_window_that_becomes_small(window: MainWindow) -> None:
    picker = opened(window)
    window.resize(window.minimumSize())
    QApplication.processEvents()
    assert window.rect().contains(picker.field.mapTo(window, picker.field.rect().bottomRight()))
    assert picker.geometry() == window.rect()


def test_every_line_of_a_submenu_that_can_be_chosen_is_a_command(window: MainWindow) -> None:
    for name in SUBMENUS:
        lines = [line for line in SUBMENUS[name].entries(window) if line is not None and hasattr(line, "run")]
        keys = {choice.key for choice in commands(window)}
        assert {f"{name}/{line.text}" for line in lines if line.enabled} <= keys


def test_familiar_lines_win_among_equals_only() -> None:
    lines = [Choice(key=t, text=t, run=list) for t in ("Save", "Save As", "Unsaved")]
    assert [c.text for c in ranked("save", lines, ["Save As", "Unsaved"])] == ["Save", "Save As", "Unsaved"]
    assert [c.text for c in ranked("", lines, ["Unsaved"])] == ["Unsaved", "Save", "Save As"]


def test_keys_are_cut_into_caps_and_texts_where_they_were_typed() -> None:
    assert split("Ctrl+Shift+N") == ["Ctrl", "Shift", "N"]
    assert split("Ctrl++") == ["Ctrl", "+"]
    assert pieces("Add Dense", "de") == [("Add ", False), ("De", True), ("nse", False)]
    assert pieces("Add", "") == [("Add", False)]


def test_a_command_finds_the_selected_wire_still_selected(window: MainWindow) -> None:
    edge = Edge("input", "dense")
    window.context.history.restart(network(("input", "input", 0, 0), ("dense", "dense", 240, 0),
                                           wires=(("input", "dense"),)))
    window.canvas.choose((), [edge])
    picker = opened(window)
    window.canvas.choose((), [edge])
    QTest.keyClicks(picker.field, "add point")
    QTest.keyClick(picker.field, Key.Key_Return)
    assert edge in window.context.document.routes
    assert not window.context.selection
