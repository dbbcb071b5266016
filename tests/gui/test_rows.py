"""Arranging in rows at the real window."""
from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from tests.gui.canvas.conftest import network


def test_ctrl_l_arranges_a_long_network_in_rows_that_fill_the_view_in_one_step(window: MainWindow) -> None:
    names = [f"n{k:02}" for k in range(30)]
    window.context.history.restart(network(
        *((name, "relu" if k else "input", 240 * k, 0) for k, name in enumerate(names)),
        wires=tuple(pairwise(names))))
    window.activateWindow()
    window.canvas.setFocus()
    window.canvas.fit()
    QApplication.processEvents()
    before, small = window.context.document, window.canvas.zoom
    QTest.keyClick(window.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.canvas.zoom > 2 * small
    assert window.canvas.shown_area().contains(window.canvas.content())
    assert len({node.position[1] for node in window.context.document.nodes.values()}) > 2
    assert window.context.history.undo_label == "Arrange all nodes"
    window.context.history.undo()
    assert window.context.document is before
