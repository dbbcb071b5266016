"""A panel that floated and is put back is where it was, as large as it was."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow

ROW = ("curves", "boundary", "weights", "confusion")


@pytest.fixture
def wide(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.resize(1600, 1000)
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.docks.room.pending)
    qtbot.wait(30)


def press_float(window: MainWindow, qtbot: QtBot, name: str) -> None:
    """The small button beside the title."""
    dock = window.docks.docks[name]
    bar = dock.titleBarWidget()
    button = next(b for b in bar.findChildren(QToolButton) if b.accessibleName().startswith("Float"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(window, qtbot)


def widths(window: MainWindow) -> list[int]:
    return [window.docks.docks[name].width() for name in ROW]


@pytest.mark.parametrize("name", ROW)
def test_a_panel_that_is_put_back_is_as_wide_as_before(wide: MainWindow, qtbot: QtBot, name: str) -> None:
    before = widths(wide)
    for _ in range(2):
        press_float(wide, qtbot, name)
        assert wide.docks.docks[name].isFloating()
        press_float(wide, qtbot, name)
        assert not wide.docks.docks[name].isFloating()
        assert widths(wide) == before


def test_a_panel_that_is_put_back_into_a_stack_is_in_front(wide: MainWindow, qtbot: QtBot) -> None:
    wide.docks.show("neuron")
    settle(wide, qtbot)
    dock = wide.docks.docks["neuron"]
    dock.setFloating(True)
    settle(wide, qtbot)
    press_float(wide, qtbot, "neuron")
    assert dock.seen
    assert not wide.docks.docks["weights"].seen


def test_a_row_that_has_changed_meanwhile_stays_as_it_is(wide: MainWindow, qtbot: QtBot) -> None:
    press_float(wide, qtbot, "curves")
    wide.docks.docks["confusion"].close()
    settle(wide, qtbot)
    press_float(wide, qtbot, "curves")
    assert not wide.docks.docks["confusion"].isVisible()
    assert all(wide.docks.docks[name].seen for name in ROW[:3])
