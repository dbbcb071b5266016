"""The borders of the split are dragged, and moved by keys."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.fixes import FIT
from gui.data.split_section import SplitSection
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.core._build import xor

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(window: MainWindow) -> DataPanel:
    window.context.history.restart(edits.set_data(xor(), {"source": "circle"}))
    window.docks.show("data")
    made = window.panels["data"]
    assert isinstance(made, DataPanel)
    window.activateWindow()
    QApplication.processEvents()
    return made


@pytest.fixture
def split(panel: DataPanel) -> SplitSection:
    return panel.split


def shares(window: MainWindow) -> tuple[float, float]:
    data = window.context.document.data
    return data["validation"], data["test"]


def drag(split: SplitSection, start: float, share: float) -> None:
    bar = split.bar
    QTest.mousePress(bar, LEFT, pos=QPoint(min(round(start), bar.width() - 1), 8))
    for part in (0.5, 1.0):
        end = start + (bar.width() * (1 - share) - start) * part
        QTest.mouseMove(bar, QPoint(round(end), 8))
    QTest.mouseRelease(bar, LEFT, pos=QPoint(round(bar.width() * (1 - share)), 8))


def test_dragging_the_right_end_makes_a_validation_part_in_one_undo_step(window: MainWindow,
                                                                         split: SplitSection) -> None:
    drag(split, split.bar.width() - 1, 0.3)
    assert shares(window) == (pytest.approx(0.3, abs=0.011), 0.0)
    assert split.bar.counts == (500 - split.bar.counts[1], round(500 * shares(window)[0]), 0)
    window.context.history.undo()
    assert shares(window) == (0.0, 0.0)
    assert not window.context.history.can_undo


def test_the_test_part_is_dragged_behind_the_validation_part(window: MainWindow, split: SplitSection) -> None:
    drag(split, split.bar.width() - 1, 0.3)
    drag(split, split.bar.width() - 1, 0.1)
    validation, test = shares(window)
    assert test == pytest.approx(0.1, abs=0.011)
    assert validation == pytest.approx(0.3, abs=0.011)


def test_nothing_is_left_to_learn_from_is_not_possible(window: MainWindow, split: SplitSection) -> None:
    drag(split, split.bar.width() - 1, 0.99)
    assert sum(shares(window)) <= 0.9


def test_keys_move_the_borders(window: MainWindow, split: SplitSection) -> None:
    split.bar.setFocus()
    for _ in range(3):
        QTest.keyClick(split.bar, Qt.Key.Key_Left)
    QTest.keyClick(split.bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(split.bar, Qt.Key.Key_Right)
    assert shares(window) == (0.02, 0.01)


def test_a_test_part_that_comes_with_the_data_is_not_dragged(window: MainWindow, split: SplitSection) -> None:
    window.context.edit("Data", lambda doc: edits.set_data(doc, {"source": "mnist"}))
    assert split.bar.counts == (60_000, 0, 10_000)
    bar = split.bar
    drag(split, bar.border("validation"), 2 / 7)
    validation, test = shares(window)
    assert test == 0.0
    assert validation == pytest.approx(1 / 6, abs=0.02)


def test_what_fits_no_longer_is_explained_and_mended_with_one_click(window: MainWindow, panel: DataPanel) -> None:
    assert not panel.task.notice.isVisible()
    panel.chooser.choose("wine")
    assert panel.task.notice.isVisible()
    assert panel.task.text.text().startswith("Input now gives 13 numbers instead of 2.")
    assert "3 classes" in panel.task.text.text()
    assert panel.task.button.text() == FIT
    QTest.mouseClick(panel.task.button, LEFT)
    assert window.context.report.ok
    assert not panel.task.notice.isVisible()
    assert window.context.report.shapes["output"] == (3,)
    window.context.history.undo()
    assert panel.task.notice.isVisible()
