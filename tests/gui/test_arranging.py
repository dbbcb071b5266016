"""Selecting along the network, aligning and distributing at the real window."""
from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from tests.gui.canvas.conftest import network

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def loose(window: MainWindow) -> MainWindow:
    """Four cards here and there, wired in a row; the one with two inputs is taller. The canvas has the focus."""
    window.context.history.restart(network(
        ("a", "input", 0, 0), ("b", "dense", 240, 40), ("c", "relu", 500, 120), ("d", "add", 900, 24),
        wires=(("a", "b"), ("b", "c"))))
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    window.canvas.fit()
    return window


def places(window: MainWindow) -> dict[str, tuple[float, float]]:
    return {name: node.position for name, node in window.context.document.nodes.items()}


@pytest.mark.parametrize(("key", "line"), [
    (Key.Key_Left, lambda card: card.left()), (Key.Key_Right, lambda card: card.right()),
    (Key.Key_Up, lambda card: card.top()), (Key.Key_Down, lambda card: card.bottom()),
])
def test_cards_are_aligned_by_key_in_one_step(loose: MainWindow, key: Qt.Key, line) -> None:
    before = loose.context.document
    loose.context.select(["a", "b", "d"])
    QTest.keyClick(loose.canvas, key, BOTH)
    assert len({line(loose.canvas.node_item(name).card()) for name in "abd"}) == 1
    assert places(loose)["c"] == (500, 120)
    assert loose.context.history.undo_label == "Align 3 nodes"
    loose.context.history.undo()
    assert loose.context.document is before


def test_middles_and_centres_are_aligned_whatever_the_sizes(loose: MainWindow) -> None:
    loose.context.select("abcd")
    loose.actions_by_id["arrange.align_middle"].trigger()
    assert len({loose.canvas.node_item(name).card().center().y() for name in "abcd"}) == 1
    loose.actions_by_id["arrange.align_centre"].trigger()
    assert len({loose.canvas.node_item(name).card().center().x() for name in "abcd"}) == 1


def test_cards_are_distributed_with_equal_gaps(loose: MainWindow) -> None:
    loose.context.select("abcd")
    loose.actions_by_id["arrange.distribute_across"].trigger()
    cards = [loose.canvas.node_item(name).card() for name in "abcd"]
    assert {round(b.left() - a.right(), 6) for a, b in pairwise(cards)} == {76.0}
    assert loose.context.history.undo_label == "Distribute 4 nodes"


def test_aligning_needs_two_nodes_and_distributing_three(loose: MainWindow) -> None:
    align, spread = loose.actions_by_id["arrange.align_left"], loose.actions_by_id["arrange.distribute_down"]
    for names, enabled in (("", (False, False)), ("a", (False, False)), ("ab", (True, False)), ("abc", (True, True))):
        loose.context.select(names)
        assert (align.isEnabled(), spread.isEnabled()) == enabled


def test_the_selection_is_inverted(loose: MainWindow) -> None:
    loose.context.select(["a", "c"])
    QTest.keyClick(loose.canvas, Key.Key_I, CTRL)
    assert loose.context.selection == {"b", "d"}


def test_the_selection_grows_along_the_wires(loose: MainWindow) -> None:
    loose.context.select(["b"])
    QTest.keyClick(loose.canvas, Key.Key_BracketRight, CTRL)
    assert loose.context.selection == {"b", "c"}
    QTest.keyClick(loose.canvas, Key.Key_BracketLeft, CTRL)
    assert loose.context.selection == {"a", "b", "c"}
    assert not loose.context.history.can_undo
