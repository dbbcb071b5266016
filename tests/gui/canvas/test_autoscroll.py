"""Dragging to the border of the view moves the paper."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Edge
from gui.canvas.autoscroll import BORDER, AutoScroll, pull
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

ROOM = QRect(0, 0, 900, 600)
MIDDLE = QPoint(450, 300)


def scroller(view: CanvasView) -> AutoScroll:
    found = view.findChild(AutoScroll)
    assert found is not None
    return found


def left_edge(view: CanvasView) -> float:
    return view.mapToScene(QPoint(0, 0)).x()


def move_to(view: CanvasView, hand: Hand, pixel: QPoint) -> None:
    hand.move(view.mapToScene(pixel))


def test_inside_nothing_pulls_and_closer_to_the_border_it_pulls_more() -> None:
    assert pull(ROOM, MIDDLE, QPoint(BORDER, 300)) == QPoint()
    near, at, beyond = (pull(ROOM, MIDDLE, QPoint(x, 300)).x() for x in (15, 0, -40))
    assert 0 < near < at < beyond
    assert pull(ROOM, MIDDLE, QPoint(899, 599)).x() < 0
    assert pull(ROOM, MIDDLE, QPoint(450, 599)) == QPoint(0, pull(ROOM, MIDDLE, QPoint(899, 599)).y())
    assert pull(ROOM, MIDDLE, QPoint(-5000, 300)) == pull(ROOM, MIDDLE, QPoint(-500, 300))


@pytest.mark.parametrize("at", [QPoint(10, 300), QPoint(14, 310), QPoint(30, 300)])
def test_a_drag_that_begins_at_the_border_does_not_pull_before_it_comes_closer(at: QPoint) -> None:
    assert pull(ROOM, QPoint(10, 300), at) == QPoint()
    assert pull(ROOM, QPoint(10, 300), QPoint(0, 300)).x() > 0


def test_a_card_dragged_to_the_border_travels_on_as_one_step(drawn: AppContext, view: CanvasView, hand: Hand,
                                                            qtbot: QtBot) -> None:
    before, start = left_edge(view), view.node_item("dense").card().center()
    hand.press(start)
    for x in (600, 895):
        move_to(view, hand, QPoint(x, 300))
    assert scroller(view).active
    qtbot.waitUntil(lambda: left_edge(view) > before + 200)
    card = view.node_item("dense").card()
    assert abs(card.center().x() - view.mapToScene(QPoint(895, 300)).x()) <= 12
    hand.release(view.mapToScene(QPoint(895, 300)))
    assert not scroller(view).active
    assert drawn.document.nodes["dense"].position[0] > before + 900
    drawn.history.undo()
    assert drawn.document.nodes["dense"].position == (224, 0)
    assert not drawn.history.can_undo


def test_a_wire_reaches_a_node_that_was_out_of_view(drawn: AppContext, view: CanvasView, hand: Hand,
                                                   qtbot: QtBot) -> None:
    drawn.edit("Move", lambda d: edits.move(d, {"output": (1200, 0)}))
    hand.press(view.output_scene_pos("sigmoid"))
    for x in (800, 897):
        move_to(view, hand, QPoint(x, 300))
    qtbot.waitUntil(lambda: hand.pixel(view.port_scene_pos("output", "x")).x() < 800)
    hand.move(view.port_scene_pos("output", "x"))
    assert not scroller(view).active
    hand.release(view.port_scene_pos("output", "x"))
    assert Edge("sigmoid", "output", "x") in drawn.document.edges


def test_a_rubber_band_grows_over_nodes_that_come_into_view(drawn: AppContext, view: CanvasView, hand: Hand,
                                                          qtbot: QtBot) -> None:
    view.centerOn(-500, 100)
    assert view.visible_nodes() == []
    hand.press(view.mapToScene(QPoint(600, 50)))
    for x, y in ((700, 300), (898, 597)):
        move_to(view, hand, QPoint(x, y))
    qtbot.waitUntil(lambda: drawn.selection == {"input", "dense", "sigmoid", "output"}, timeout=8000)
    hand.release(view.mapToScene(QPoint(898, 597)))
    assert len(drawn.selection) == 4


def test_the_paper_stops_when_the_pointer_comes_back_or_the_drag_is_given_up(drawn: AppContext, view: CanvasView,
                                                                           hand: Hand) -> None:
    hand.press(view.node_item("dense").card().center())
    for x in (600, 897):
        move_to(view, hand, QPoint(x, 300))
    assert scroller(view).active
    move_to(view, hand, QPoint(700, 300))
    assert not scroller(view).active
    move_to(view, hand, QPoint(897, 300))
    assert scroller(view).active
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not scroller(view).active
    assert view.node_item("dense").pos() == QPointF(224, 0)
    hand.release(view.mapToScene(QPoint(897, 300)))


def test_panning_at_the_border_does_not_run_away(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    middle = Qt.MouseButton.MiddleButton
    hand.press(view.mapToScene(MIDDLE), button=middle)
    for x in (600, 898):
        hand.move(view.mapToScene(QPoint(x, 300)), button=middle)
    assert not scroller(view).active
    hand.release(view.mapToScene(QPoint(898, 300)), button=middle)
