"""Selecting along the network, aligning and distributing at the real window."""
from __future__ import annotations

import math
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.graph import furniture
from gui import motion
from gui.canvas.card_glide import CardGlide
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
    assert {round(b.left() - a.right(), 6) for a, b in pairwise(cards)} == {132.0}
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


def test_l_arranges_the_whole_network_in_one_step_and_brings_it_into_view(loose: MainWindow) -> None:
    before = loose.context.document
    QTest.keyClick(loose.canvas, Key.Key_L)
    cards = {name: loose.canvas.node_item(name).card() for name in "abcd"}
    assert cards["a"].right() + 56 <= cards["b"].left()
    assert cards["a"].center().y() == cards["b"].center().y() == cards["c"].center().y()
    assert loose.canvas.shown_area().contains(loose.canvas.content())
    assert loose.context.history.undo_label == "Arrange all nodes"
    loose.context.history.undo()
    assert loose.context.document is before


def test_shift_l_arranges_from_top_to_bottom(loose: MainWindow) -> None:
    QTest.keyClick(loose.canvas, Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    cards = {name: loose.canvas.node_item(name).card() for name in "abc"}
    assert cards["a"].bottom() < cards["b"].top() < cards["c"].top()
    assert cards["a"].center().x() == cards["b"].center().x()


def test_only_the_selected_nodes_are_arranged(loose: MainWindow) -> None:
    loose.context.select("bc")
    QTest.keyClick(loose.canvas, Key.Key_L)
    now = places(loose)
    assert (now["a"], now["d"]) == ((0, 0), (900, 24))
    assert now["b"][1] == now["c"][1]
    assert loose.context.history.undo_label == "Arrange 2 nodes"


def test_an_l_in_a_field_is_a_letter(loose: MainWindow) -> None:
    field = QLineEdit()
    loose.centralWidget().layout().addWidget(field)
    field.setFocus()
    QTest.keyClick(field, Key.Key_L)
    assert field.text() == "l"
    assert not loose.context.history.can_undo


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a screen where things may move."""
    monkeypatch.setattr(motion, "reduced", lambda: False)


@pytest.mark.usefixtures("moving")
def test_cards_glide_to_their_places_with_their_wires(loose: MainWindow, qtbot: QtBot) -> None:
    before, scene = places(loose), loose.canvas.canvas_scene
    QTest.keyClick(loose.canvas, Key.Key_L)
    after = places(loose)
    far = max(after, key=lambda name: math.dist(before[name], after[name]))
    assert (scene.nodes[far].x(), scene.nodes[far].y()) == before[far]
    qtbot.waitUntil(lambda: (scene.nodes[far].x(), scene.nodes[far].y()) == after[far])
    assert all(wire.start == loose.canvas.output_scene_pos(edge.source) for edge, wire in scene.wires.items())
    qtbot.waitUntil(lambda: not loose.canvas.findChildren(CardGlide))


@pytest.mark.usefixtures("moving")
def test_an_undo_in_the_middle_of_a_glide_ends_it(loose: MainWindow, qtbot: QtBot) -> None:
    before, scene = places(loose), loose.canvas.canvas_scene
    QTest.keyClick(loose.canvas, Key.Key_L)
    loose.context.history.undo()
    assert {name: (item.x(), item.y()) for name, item in scene.nodes.items()} == before
    qtbot.waitUntil(lambda: not loose.canvas.findChildren(CardGlide))
    assert {name: (item.x(), item.y()) for name, item in scene.nodes.items()} == before


def test_a_collapsed_group_is_arranged_and_aligned_as_one_card(loose: MainWindow) -> None:
    loose.context.edit("Group", lambda now: furniture.group(now, "bc"))
    loose.context.edit("Collapse", lambda now: furniture.collapse(now, "group", True))
    apart = [v - u for u, v in zip(places(loose)["b"], places(loose)["c"], strict=True)]
    QTest.keyClick(loose.canvas, Key.Key_L)
    (stack,) = loose.canvas.canvas_scene.groups.cards.values()
    first = loose.canvas.node_item("a").card()
    assert stack.card().center().y() == first.center().y()
    assert stack.card().left() >= first.right() + 56
    assert [v - u for u, v in zip(places(loose)["b"], places(loose)["c"], strict=True)] == apart
    loose.context.select("bcd")
    QTest.keyClick(loose.canvas, Key.Key_Left, BOTH)
    assert stack.card().left() == loose.canvas.node_item("d").card().left()
    assert [v - u for u, v in zip(places(loose)["b"], places(loose)["c"], strict=True)] == apart
