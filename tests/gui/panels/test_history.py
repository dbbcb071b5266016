"""The history panel, at the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Diff, Document
from gui.main_window import MainWindow
from gui.panels.history import PLACE, SAVED, HistoryPanel
from tests.gui.canvas.conftest import chain


@pytest.fixture
def panel(window: MainWindow) -> HistoryPanel:
    """The open panel, after three steps."""
    window.context.history.restart(chain())
    for x in (1, 2, 3):
        move(window, x)
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    panel = window.panels["history"]
    assert isinstance(panel, HistoryPanel)
    assert window.docks.docks["history"].seen
    window.frame()
    return panel


def move(window: MainWindow, x: int) -> None:
    window.context.edit(f"Move {x}", lambda d: edits.move(d, {"dense": (float(x), 0.0)}))


def rows(panel: HistoryPanel) -> list[tuple[str, int, bool]]:
    indexes = [panel.model.index(row) for row in range(panel.model.rowCount())]
    return [(i.data(), i.data(PLACE), i.data(SAVED)) for i in indexes]


def test_it_lists_the_steps_with_the_present_one_and_the_saved_one(window: MainWindow, panel: HistoryPanel) -> None:
    assert rows(panel) == [("Start", -1, True), ("Move 1", -1, False), ("Move 2", -1, False), ("Move 3", 0, False)]
    window.context.history.undo()
    window.context.history.mark_saved()
    window.frame()
    assert rows(panel) == [("Start", -1, False), ("Move 1", -1, False), ("Move 2", 0, True), ("Move 3", 1, False)]
    assert panel.view.currentIndex().row() == 2


def test_a_click_goes_there_and_everybody_hears_once(window: MainWindow, panel: HistoryPanel) -> None:
    heard: list[Diff] = []

    def listen(change: Diff, document: Document) -> None:
        heard.append(change)

    window.context.document_changed.connect(listen)
    place = panel.view.visualRect(panel.model.index(1)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.context.document.nodes["dense"].position == (1.0, 0.0)
    assert window.canvas.node_item("dense").pos().x() == 1.0
    assert len(heard) == 1
    window.frame()
    assert [place for _, place, _ in rows(panel)] == [-1, 0, 1, 1]


def test_the_keyboard_goes_there_too(window: MainWindow, panel: HistoryPanel) -> None:
    panel.view.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(panel.view, key)
    assert window.context.history.present == 0
    window.frame()
    assert rows(panel)[0][1] == 0


def test_every_row_is_spoken_with_what_it_is(panel: HistoryPanel) -> None:
    spoken = [panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 3)]
    assert spoken == ["Start, done, saved", "Move 3, present step"]


def test_five_hundred_steps_are_rows_of_a_model_not_widgets(window: MainWindow, panel: HistoryPanel) -> None:
    few = len(panel.findChildren(object))
    for x in range(4, 520):
        move(window, x)
    window.frame()
    assert panel.model.rowCount() == 501
    assert panel.view.visualRect(panel.model.index(500)).intersects(panel.view.viewport().rect())
    assert len(panel.findChildren(object)) == few
    changed: list[bool] = []
    panel.model.dataChanged.connect(lambda *_: changed.append(True))
    window.frame()
    assert not changed
