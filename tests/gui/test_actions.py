"""Actions are declared completely, and do what they say."""
from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Node
from gui.actions import ACTIONS, MENUS, SUBMENUS
from gui.actions._build import sequences
from gui.main_window import MainWindow
from gui.panels import PANELS
from gui.theme import icons


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_has_text_tip_menu_and_an_icon_that_exists(name: str) -> None:
    info = ACTIONS[name]
    assert info.text
    assert info.tip
    assert not info.tip.endswith(".")
    assert info.menu in MENUS
    assert not info.icon or info.icon in icons.names()
    assert info.icon or not info.toolbar
    assert name.split(".")[0] == info.menu.lower()


@pytest.mark.usefixtures("qapp")
def test_every_shortcut_belongs_to_one_action() -> None:
    keys = [k.toString() for info in ACTIONS.values() for k in sequences(info.shortcuts)]
    keys += [k.toString() for info in PANELS.values() for k in sequences((info.shortcut,))]
    assert all(keys)
    assert [k for k, count in Counter(keys).items() if count > 1] == []


def test_every_action_is_in_a_menu_with_its_shortcut_in_the_tip(window: MainWindow) -> None:
    bar = window.menuBar().actions()
    assert [m.text().replace("&", "") for m in bar] == list(MENUS)
    listed = {a for menu in bar for a in menu.menu().actions()}
    for name, action in window.actions_by_id.items():
        assert action in listed, name
        if keys := action.shortcuts():
            assert keys[0].toString(keys[0].SequenceFormat.NativeText) in action.toolTip()


def test_a_submenu_fills_itself_each_time_it_opens(window: MainWindow) -> None:
    for name in SUBMENUS:
        menu = window.submenus[name]
        for _ in range(2):
            menu.aboutToShow.emit()
            texts = [a.text() for a in menu.actions() if not a.isSeparator()]
            assert texts
            assert len(set(texts)) == len(texts)


def test_undo_says_what_it_takes_back(window: MainWindow) -> None:
    undo, redo = window.actions_by_id["edit.undo"], window.actions_by_id["edit.redo"]
    assert not undo.isEnabled()
    window.context.edit("add Dense", lambda d: edits.add_node(d, Node("dense", "dense")))
    assert undo.isEnabled()
    assert undo.text() == "Undo: add Dense"
    undo.trigger()
    assert not undo.isEnabled()
    assert redo.text() == "Redo: add Dense"
    redo.trigger()
    assert window.context.document.nodes.keys() == {"dense"}


def test_training_is_offered_only_when_the_network_can_be_trained(window: MainWindow, qtbot: QtBot) -> None:
    toggle = window.actions_by_id["train.toggle"]
    assert not toggle.isEnabled()
    window.files.open_example("xor-mlp")
    qtbot.waitUntil(lambda: toggle.isEnabled(), timeout=20_000)
    assert toggle.text() == "Train"
    window.context.edit("clear", lambda d: edits.remove_nodes(d, d.nodes))
    assert not toggle.isEnabled()


def test_space_trains_and_pauses_from_the_canvas(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trainer.state == "running", timeout=20_000)
    assert window.actions_by_id["train.toggle"].text() == "Pause"
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=20_000)


def test_space_is_a_space_in_a_field_and_a_click_on_a_button(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    field, button = QLineEdit(), QPushButton("Press")
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    window.centralWidget().layout().addWidget(field)
    window.centralWidget().layout().addWidget(button)
    window.activateWindow()
    QApplication.processEvents()
    for widget in (field, button):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
    assert field.text() == " "
    assert pressed == [True]
    assert trainer.state == "ready"


def test_the_pace_is_remembered(window: MainWindow) -> None:
    menu = window.submenus["train.pace"]
    menu.aboutToShow.emit()
    next(a for a in menu.actions() if a.text() == "Full").trigger()
    assert window.context.settings.pace == "full"
    button = next(b for b in window.findChildren(QToolButton) if b.menu() is menu)
    assert button.text() == "Speed: Full"


def test_a_dialog_opens_once_and_closes_with_escape(window: MainWindow, qtbot: QtBot) -> None:
    for name in ["help.shortcuts", "help.about", "view.notices"]:
        for _ in range(2):
            window.actions_by_id[name].trigger()
        (dialog,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_the_theme_menu_changes_the_theme(window: MainWindow) -> None:
    menu = window.submenus["view.theme"]
    for text, dark in (("Dark", True), ("Light", False)):
        menu.aboutToShow.emit()
        next(a for a in menu.actions() if a.text() == text).trigger()
        assert window.context.theme.tokens.dark is dark
        assert window.context.settings.theme == text.lower()
