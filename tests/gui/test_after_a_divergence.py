"""Going on after a divergence, as a user does it: with the mouse or the keyboard, and nothing wanders off."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.graph import edits
from gui.main_window import MainWindow
from gui.panels.training import TrainingPanel
from tests.gui.test_divergence import diverged

__all__ = ["diverged"]
OFFER = "Continue with learning rate 0.002"


def offered(window: MainWindow) -> list[str]:
    return [toast.notice.action_text for toast in window.toasts.shown]


def going(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: OFFER not in offered(window), timeout=10_000)
    window.context.trainer.stop()
    qtbot.waitUntil(lambda: not window.context.trainer.running, timeout=10_000)


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_the_training_panel_stays_in_front_when_its_button_has_done_its_work(
        diverged: MainWindow, qtbot: QtBot, way: str) -> None:
    diverged.docks.show("training")
    panel = diverged.panels["training"]
    assert isinstance(panel, TrainingPanel)
    qtbot.waitUntil(panel.onward.isVisible, timeout=5_000)
    diverged.activateWindow()
    if way == "mouse":
        diverged.canvas.setFocus()
        QTest.mouseClick(panel.onward, Qt.MouseButton.LeftButton)
    else:
        panel.onward.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(panel.onward, Qt.Key.Key_Space)
    # It may diverge again at once, and offer a rate that is lower still.
    qtbot.waitUntil(lambda: panel.onward.isHidden() or panel.onward.text() != OFFER, timeout=10_000)
    going(diverged, qtbot)
    qtbot.waitUntil(lambda: not diverged.docks._reveal.isActive(), timeout=5_000)
    focus = QApplication.focusWidget()
    assert diverged.docks.docks["training"].seen
    assert focus is diverged.canvas if way == "mouse" else focus is not None and panel.isAncestorOf(focus)


def test_a_click_on_a_notice_leaves_the_focus_where_it_was_and_its_offer_is_taken_away(
        diverged: MainWindow, qtbot: QtBot) -> None:
    assert OFFER in offered(diverged)
    (toast,) = [toast for toast in diverged.toasts.shown if toast.notice.action_text == OFFER]
    (button,) = toast.findChildren(QPushButton)
    diverged.activateWindow()
    panel = diverged.panels["palette"]
    panel.search.setFocus()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    going(diverged, qtbot)
    assert QApplication.focusWidget() is panel.search


def test_an_offer_is_taken_away_when_training_goes_on_in_another_way(diverged: MainWindow, qtbot: QtBot) -> None:
    assert OFFER in offered(diverged)
    diverged.context.edit("Rate", lambda doc: edits.set_training(doc, {"learning_rate": 0.01}))
    assert OFFER in offered(diverged)
    diverged.context.trainer.toggle()
    going(diverged, qtbot)
