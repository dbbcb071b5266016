"""Cards that are dragged snap to their neighbours, and lines say so."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.graph.snapping import Guide
from gui.canvas.guides import GuideLines
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand, network

SHIFT = Qt.KeyboardModifier.ShiftModifier


def lines(view: CanvasView) -> list[Guide]:
    return [guide for item in view.canvas_scene.items() if isinstance(item, GuideLines) for guide in item.guides]


@pytest.fixture
def uneven(context: AppContext, view: CanvasView) -> AppContext:
    """Cards off the grid: a row of two with a gap of 60, and a loose one."""
    context.history.restart(network(("a", "relu", 3, 5), ("b", "relu", 231, 5), ("loose", "relu", 120, 300)))
    view.centerOn(350, 150)
    return context


def middle(view: CanvasView, name: str) -> QPointF:
    return view.node_item(name).card().center()


def test_a_card_snaps_to_the_middle_of_one_above_it(uneven: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "loose")
    hand.press(start)
    hand.move(start + QPointF(109, -50))
    assert view.node_item("loose").x() == 231
    assert Guide((315, 5), (315, 304)) in lines(view)
    hand.release(start + QPointF(109, -50))
    assert uneven.document.nodes["loose"].position == (231, 248)
    assert lines(view) == []


def test_a_card_snaps_to_a_gap_that_is_there_already(uneven: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "loose")
    hand.press(start)
    hand.move(start + QPointF(341, -293))
    assert view.node_item("loose").pos() == QPointF(459, 5)
    assert [guide for guide in lines(view) if guide.gap] == [Guide((399, 33), (459, 33), gap=True),
                                                             Guide((171, 33), (231, 33), gap=True)]
    hand.release(start + QPointF(341, -293))
    assert uneven.document.nodes["loose"].position == (459, 5)


def test_away_from_neighbours_the_grid_counts(uneven: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "loose")
    hand.drag(start, start + QPointF(-73, 10))
    assert uneven.document.nodes["loose"].position == (48, 312)


def test_with_shift_nothing_snaps_and_no_line_shows(uneven: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "loose")
    hand.press(start)
    hand.move(start + QPointF(109, -50))
    hand.move(start + QPointF(109, -50), SHIFT)
    assert view.node_item("loose").pos() == QPointF(229, 250)
    assert lines(view) == []
    hand.release(start + QPointF(109, -50), SHIFT)


def test_escape_takes_the_lines_away(uneven: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "loose")
    hand.press(start)
    hand.move(start + QPointF(109, -50))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(start)
    assert not any(isinstance(item, GuideLines) for item in view.canvas_scene.items())
    assert view.node_item("loose").pos() == QPointF(120, 300)


def test_cards_out_of_view_do_not_pull(uneven: AppContext, view: CanvasView, hand: Hand) -> None:
    uneven.history.restart(network(("far", "relu", 3, -5000), ("loose", "relu", 120, 300)))
    view.centerOn(300, 300)
    start = middle(view, "loose")
    hand.drag(start, start + QPointF(-116, 0))
    assert uneven.document.nodes["loose"].position == (8, 304)
