"""Shortcuts: what they are, how they are changed, and that they never act while a person types."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from gui.context import AppContext
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.shortcuts import KEPT, refusal
from gui.theme import palette
from tests.gui.canvas.conftest import chain
from tests.gui.conftest import delete_now

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
DELETE = (Key.Key_Delete, Key.Key_Backspace)
FIELDS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[ShortcutsDialog]:
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, "?")
    (dialog,) = window.findChildren(ShortcutsDialog)
    dialog.activateWindow()
    QApplication.processEvents()
    yield dialog
    dialog.close()


def record(dialog: ShortcutsDialog, name: str) -> QWidget:
    """Choose a line and press Enter; gives the field that records."""
    dialog.tree.setFocus()
    dialog.tree.setCurrentItem(dialog.item(name))
    QTest.keyClick(dialog.tree, Key.Key_Return)
    assert dialog.recorder.field.isVisible()
    return dialog.recorder.field


def written(window: MainWindow, name: str) -> list[str]:
    return [key.toString() for key in window.shortcuts.keys(name)]


def again(theme: palette.Theme, settings: Settings | None = None) -> MainWindow:
    """The window of a later start."""
    return MainWindow(AppContext(theme, settings or Settings.load()))


def end(window: MainWindow) -> None:
    window.context.history.mark_saved()
    window.close()
    window.deleteLater()
    delete_now()


def test_every_action_and_panel_is_listed_also_without_keys(dialog: ShortcutsDialog) -> None:
    for name in dialog.shortcuts.targets:
        item = dialog.item(name)
        assert item.text(0)
        assert item.text(1) == dialog.shortcuts.text(name)
    assert any(not keys for keys in map(dialog.shortcuts.keys, dialog.shortcuts.targets))


def test_the_search_finds_by_name_keys_and_description(dialog: ShortcutsDialog) -> None:
    QTest.keyClicks(dialog.search, "ctrl+k")
    assert not dialog.item("help.commands").isHidden()
    assert dialog.item("view.zoom_fit").isHidden()
    dialog.search.setText("whole network")
    assert not dialog.item("view.zoom_fit").isHidden()
    assert dialog.item("view.zoom_fit").parent().isHidden() is False
    assert dialog.item("help.commands").parent().isHidden()


def test_new_keys_are_recorded_and_work_at_once_everywhere(window: MainWindow, dialog: ShortcutsDialog) -> None:
    QTest.keyClick(record(dialog, "edit.select_all"), Key.Key_J, CTRL)
    action = window.actions_by_id["edit.select_all"]
    assert written(window, "edit.select_all") == ["Ctrl+J"]
    assert "(Ctrl+J)" in action.toolTip()
    assert dialog.item("edit.select_all").text(1) == "Ctrl+J"
    assert Settings.load().shortcuts == {"edit.select_all": ["Ctrl+J"]}
    assert QApplication.focusWidget() is dialog.tree
    dialog.hide()
    window.context.history.restart(chain())
    window.activateWindow()
    QApplication.processEvents()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Key.Key_A, CTRL)
    assert not window.context.selection
    QTest.keyClick(window.canvas, Key.Key_J, CTRL)
    assert window.context.selection == window.context.document.nodes.keys()


def test_keys_that_belong_to_another_action_can_be_taken_over(window: MainWindow, dialog: ShortcutsDialog) -> None:
    QTest.keyClick(record(dialog, "view.zoom_fit"), Key.Key_K, CTRL)
    assert dialog.recorder.label.text() == "Ctrl+K belongs to Command Palette."
    assert written(window, "view.zoom_fit") == ["F"]
    QTest.keyClick(dialog.recorder.take, Key.Key_Return)
    assert written(window, "view.zoom_fit") == ["Ctrl+K"]
    assert written(window, "help.commands") == []
    assert window.actions_by_id["help.commands"].toolTip() == "Find a command by name and run it"


@pytest.mark.parametrize("way", ["cancel", "escape"])
def test_taking_over_can_be_given_up(window: MainWindow, dialog: ShortcutsDialog, way: str) -> None:
    field = record(dialog, "view.zoom_fit")
    if way == "escape":
        QTest.keyClick(field, Key.Key_Escape)
    else:
        QTest.keyClick(field, Key.Key_K, CTRL)
        QTest.mouseClick(dialog.recorder.cancel, Qt.MouseButton.LeftButton)
    assert written(window, "view.zoom_fit") == ["F"]
    assert written(window, "help.commands") == ["Ctrl+K"]
    assert dialog.isVisible()
    assert not dialog.recorder.field.isVisible()


def test_delete_removes_keys_and_reset_brings_them_back(window: MainWindow, dialog: ShortcutsDialog) -> None:
    dialog.tree.setFocus()
    dialog.tree.setCurrentItem(dialog.item("view.zoom_fit"))
    assert not dialog._reset.isEnabled()
    QTest.keyClick(dialog.tree, Key.Key_Delete)
    assert written(window, "view.zoom_fit") == []
    assert dialog._reset.isEnabled()
    QTest.mouseClick(dialog._reset, Qt.MouseButton.LeftButton)
    assert written(window, "view.zoom_fit") == ["F"]
    assert Settings.load().shortcuts == {}


def test_reset_takes_the_key_back_from_whoever_has_it_and_reset_all_undoes_everything(window: MainWindow) -> None:
    shortcuts = window.shortcuts
    shortcuts.put("train.reset", [QKeySequence("F")])
    assert written(window, "view.zoom_fit") == []
    shortcuts.reset("view.zoom_fit")
    assert written(window, "train.reset") == []
    shortcuts.put("panel.data", [QKeySequence("Ctrl+9")])
    shortcuts.reset_all()
    assert all(map(shortcuts.is_default, shortcuts.targets))
    assert Settings.load().shortcuts == {}


def test_a_key_that_the_canvas_needs_is_refused_with_a_reason(window: MainWindow, dialog: ShortcutsDialog) -> None:
    QTest.keyClick(record(dialog, "view.zoom_fit"), Key.Key_Left)
    assert dialog.recorder.label.text() == "Left is needed for moving nodes. Press another key."
    assert written(window, "view.zoom_fit") == ["F"]
    assert all(refusal(QKeySequence(key)) for key in KEPT)
    assert refusal(QKeySequence("Ctrl+J")) == ""


def test_changed_keys_are_there_after_a_restart_also_of_a_panel(theme: palette.Theme, window: MainWindow) -> None:
    window.shortcuts.put("panel.data", [QKeySequence("F")])
    later = again(theme)
    assert [k.toString() for k in later.docks.docks["data"].toggleViewAction().shortcuts()] == ["F"]
    assert written(later, "view.zoom_fit") == []
    end(later)


@pytest.mark.parametrize("keys", [["nonsense"], [""], ["Esc"], ["Ctrl+K, Ctrl+S"], ["x" * 150]])
def test_keys_that_make_no_sense_are_left_out(theme: palette.Theme, keys: list[str]) -> None:
    later = again(theme, Settings(shortcuts={"view.zoom_fit": [*keys, "Ctrl+J", "Ctrl+J"], "not.there": ["F"]}))
    assert written(later, "view.zoom_fit") == ["Ctrl+J"]
    end(later)


def test_no_key_has_two_owners_whatever_the_settings_say(theme: palette.Theme) -> None:
    later = again(theme, Settings(shortcuts={"train.reset": ["F"], "train.stop": ["F"]}))
    owners = [name for name in later.shortcuts.targets if "F" in written(later, name)]
    assert owners == ["train.reset"]
    end(later)


@pytest.mark.parametrize("damaged", ["7", "[]", '{"a": 1}', '{"a": ["' + "x" * 300 + '"]}'])
def test_damaged_settings_leave_the_declared_keys(damaged: str) -> None:
    assert Settings().save()
    from gui import settings

    file = settings.folder() / "settings.json"
    file.write_text(f'{{"version": 1, "pace": "full", "shortcuts": {damaged}, "recent_commands": {damaged}}}')
    loaded = Settings.load()
    assert (loaded.shortcuts, loaded.recent_commands, loaded.pace) == ({}, [], "full")


def test_space_on_the_canvas_does_what_space_is_given_to(window: MainWindow) -> None:
    window.context.history.restart(chain())
    window.shortcuts.put("edit.select_all", [QKeySequence("Space")])
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Key.Key_Space)
    assert window.context.selection == window.context.document.nodes.keys()


def fields(window: MainWindow) -> list[QWidget]:
    """Everything in the window that can be typed into at present."""
    found = [w for w in window.findChildren(QWidget) if isinstance(w, FIELDS) and w.isVisible() and w.isEnabled()]
    return [w for w in found if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not getattr(w, "isReadOnly", bool)()]


@pytest.mark.parametrize("panel", ["inspector", "training", "data"])
def test_keys_without_modifiers_never_act_while_a_person_types(window: MainWindow, panel: str) -> None:
    window.context.history.restart(chain())
    window.context.select(["dense"])
    window.docks.show(panel)
    window.activateWindow()
    QApplication.processEvents()
    single = {name: key for name in window.shortcuts.targets for key in window.shortcuts.keys(name)
              if key.count() and not key[0].keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
              and Key.Key_Space < key[0].key() and (key[0].key() < Key.Key_Escape or key[0].key() in DELETE)}
    assert {"view.zoom_fit", "help.shortcuts", "edit.delete"} <= single.keys()
    fired: list[str] = []
    for name in single:
        action = window.shortcuts.targets[name].action
        action.triggered.connect(lambda _=False, name=name: fired.append(name))
        action.setEnabled(True)
    some = fields(window)
    assert len(some) >= 2
    for field in some:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field = QApplication.focusWidget()
        for key in single.values():
            QTest.keyClick(field, key[0].key(), key[0].keyboardModifiers())
            assert not fired, (type(field), field.accessibleName(), key.toString())
            assert QApplication.activeWindow() is window
