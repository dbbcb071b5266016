"""A window that becomes lower."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow


@pytest.mark.parametrize("apart", ["slow", "explore"])
def test_a_lower_window_takes_from_panels_before_the_canvas_is_a_slit(window: MainWindow, qtbot: QtBot,
                                                                    apart: str) -> None:
    docks = window.docks
    window.resize(1600, 1100)
    qtbot.waitUntil(lambda: window.height() == 1100)
    docks.show(apart)
    qtbot.waitUntil(lambda: docks.docks[apart].seen and not docks.room.pending)
    window.resizeDocks([docks.docks[apart], docks.docks["curves"]], [450, 280], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: docks.docks[apart].height() > 400)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.height() == 800 and not docks.room.pending)
    qtbot.waitUntil(lambda: window.canvas.height() >= 235)
    assert docks.docks[apart].height() > docks.docks["curves"].height() > 100
