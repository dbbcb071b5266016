"""A slow step keeps its places, whatever it says."""
from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.panels.slow import SlowPanel
from tests.gui.panels.test_slow import LEFT, panel_of


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> SlowPanel:
    window.resize(1280, 800)
    found = panel_of(window, qtbot, "spiral")
    window.context.slow.go(0)
    return found


def test_the_slider_stays_where_it_is_while_one_looks_through_the_samples_and_places(
        window: MainWindow, panel: SlowPanel) -> None:
    motion, seen, names = window.context.slow, set(), set()
    assert motion.told is not None
    for number in range(len(motion.told.places)):
        motion.go(number)
        for _ in range(4):
            QTest.mouseClick(panel.sample, LEFT)
            QApplication.processEvents()
            names.add(panel.which.text())
            seen.add((panel.slider.geometry().getRect(), panel.which.geometry().getRect(), panel.height()))
            assert panel.which.fontMetrics().horizontalAdvance(panel.which.text()) <= panel.which.width()
    assert {"sample 1 of 10", "sample 10 of 10"} <= names
    assert len(seen) == 1


def test_numbers_in_a_sentence_have_true_minus_signs(window: MainWindow, panel: SlowPanel) -> None:
    motion = window.context.slow
    assert motion.told is not None
    motion.go(next(number for number, place in enumerate(motion.told.places) if place.node == "hidden_1_tanh"))
    assert panel.text.text().endswith("Between −1 and 1, through 0.")
