"""What the status line says while something is dragged."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.status import StatusLine
from tests.gui.canvas.conftest import Hand, chain


@pytest.fixture
def hand(window: MainWindow) -> Hand:
    window.context.history.restart(chain())
    window.resize(1280, 800)
    QApplication.processEvents()
    window.canvas.fit()
    return Hand(window.canvas)


def line(window: MainWindow) -> StatusLine:
    found = window.statusBar()
    assert isinstance(found, StatusLine)
    return found


def middle(window: MainWindow) -> QPointF:
    return window.canvas.node_item("dense").card().center()


def test_a_drag_says_which_keys_change_it_until_it_ends(window: MainWindow, hand: Hand) -> None:
    at = middle(window)
    hand.press(at)
    assert line(window).hint.shown == ""
    hand.move(at + QPointF(40, 40))
    assert "Shift" in line(window).hint.shown
    assert "Esc" in line(window).hint.shown
    hand.release(at + QPointF(40, 40))
    assert line(window).hint.shown == ""


def test_a_cancelled_drag_leaves_no_hint(window: MainWindow, hand: Hand) -> None:
    hand.press(middle(window))
    hand.move(middle(window) + QPointF(40, 40))
    window.canvas.escape()
    assert line(window).hint.shown == ""


def test_each_drag_has_its_own_hint_and_nothing_moves_for_it(window: MainWindow, hand: Hand) -> None:
    status, said = line(window), set()
    before = [part.geometry() for part in (status.problems, status.data, status.hint)]
    port = window.canvas.output_scene_pos("dense")
    plain, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
    for start, keys in ((middle(window), plain), (middle(window), alt), (port, plain), (QPointF(0, -60), plain)):
        hand.press(start, keys)
        hand.move(start + QPointF(30, -30), keys)
        QApplication.processEvents()
        said.add(status.hint.shown)
        assert [part.geometry() for part in (status.problems, status.data, status.hint)] == before
        window.canvas.escape()
    assert len(said - {""}) == 4
