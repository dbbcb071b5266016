"""The points that wires are led through, and the grips at the ends of a selected wire."""
from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest

from core.graph import edits, rewire
from core.graph.document import Document, Edge
from gui.canvas import way
from gui.canvas.edge_item import EdgeItem
from gui.canvas.port_item import PortState
from gui.canvas.view import CanvasView
from gui.canvas.way_item import Grip, WayPoint
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand, network

WIRE = Edge("dense", "sigmoid")
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wide(context: AppContext, view: CanvasView) -> AppContext:
    """Wires with room for points; Tanh stands below and is not wired."""
    context.history.restart(network(("input", "input", -240, 0), ("dense", "dense", 0, 0),
                                    ("sigmoid", "sigmoid", 560, 0), ("tanh", "tanh", 0, 300),
                                    ("relu", "relu", 560, 300), wires=(("input", "dense"), ("dense", "sigmoid"))))
    QCoreApplication.processEvents()
    view.centerOn(360, 170)
    return context


@pytest.fixture
def led(wide: AppContext, view: CanvasView) -> AppContext:
    """The wire goes through two points."""
    wide.edit("Lead", lambda d: rewire.set_route(d, WIRE, [(264, 120), (424, 120)]))
    return wide


def wire(view: CanvasView, edge: Edge = WIRE) -> EdgeItem:
    return view.canvas_scene.wires[edge]


def points(view: CanvasView, edge: Edge = WIRE) -> list[WayPoint]:
    return view.canvas_scene.ways.points.get(edge, [])


def grip(view: CanvasView, out: bool) -> Grip:
    return next(found for found in view.canvas_scene.ways.grips if found.out is out)


def double_click(view: CanvasView, at: QPointF) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.mapFromScene(at))


def middle(view: CanvasView, edge: Edge = WIRE) -> QPointF:
    return (wire(view, edge).start + wire(view, edge).end) / 2


def test_a_double_click_on_a_wire_adds_a_point_there(wide: AppContext, view: CanvasView) -> None:
    at = middle(view)
    double_click(view, at)
    (x, y), = wide.document.routes[WIRE]
    assert math.hypot(x - at.x(), y - at.y()) <= 8
    assert (x % 8, y % 8) == (0, 0)
    assert [point.scenePos() for point in points(view)] == [QPointF(x, y)]
    assert view.quick_add.picker is None
    wide.history.undo()
    assert not wide.document.routes
    assert not points(view)


def test_a_new_point_comes_between_those_that_it_was_put_between(led: AppContext, view: CanvasView) -> None:
    double_click(view, wire(view)._path.pointAtPercent(0.5))
    assert len(led.document.routes[WIRE]) == 3
    xs = [x for x, _ in led.document.routes[WIRE]]
    assert xs == sorted(xs)


def test_a_wire_runs_through_its_points_and_is_hit_there(led: AppContext, view: CanvasView) -> None:
    for x, y in led.document.routes[WIRE]:
        assert wire(view).distance(QPointF(x, y)) < 1
    assert wire(view).distance(middle(view)) > 40
    assert wire(view).boundingRect().contains(QPointF(264, 120))
    assert view.canvas_scene.hit(wire(view)._path.pointAtPercent(0.5)) is wire(view)


def test_a_point_is_dragged_on_the_grid_as_one_step(led: AppContext, view: CanvasView, hand: Hand) -> None:
    before = led.document
    hand.press(QPointF(264, 120))
    hand.move(QPointF(270, 150))
    hand.move(QPointF(283, 203))
    assert wire(view).distance(QPointF(280, 200)) < 1
    assert led.document is before
    hand.release(QPointF(283, 203))
    assert led.document.routes[WIRE] == ((280.0, 200.0), (424.0, 120.0))
    assert led.history.undo_label == "Move a point of a wire"
    led.history.undo()
    assert led.document == before
    assert points(view)[0].scenePos() == QPointF(264, 120)


def test_with_shift_a_point_leaves_the_grid(led: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(QPointF(264, 120), QPointF(283, 203), SHIFT)
    assert led.document.routes[WIRE][0] == (283.0, 203.0)


def test_escape_puts_a_dragged_point_back(led: AppContext, view: CanvasView, hand: Hand) -> None:
    before = led.document
    hand.press(QPointF(264, 120))
    hand.move(QPointF(300, 200))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(QPointF(300, 200))
    assert led.document is before
    assert points(view)[0].scenePos() == QPointF(264, 120)


def test_undo_in_the_middle_of_a_drag_shows_the_document(led: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.press(QPointF(264, 120))
    hand.move(QPointF(300, 200))
    led.history.undo()
    hand.release(QPointF(300, 200))
    assert not led.document.routes
    assert not points(view)
    assert wire(view).via == ()


def test_a_double_click_on_a_point_removes_it(led: AppContext, view: CanvasView) -> None:
    double_click(view, QPointF(264, 120))
    assert led.document.routes[WIRE] == ((424.0, 120.0),)
    assert led.history.undo_label == "Remove a point of a wire"


def test_delete_removes_the_chosen_point_and_then_the_wire(led: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(QPointF(424, 120))
    assert [point.chosen for point in points(view)] == [False, True]
    assert view.canvas_scene.selected_wires == {WIRE}
    view.delete_selection()
    assert led.document.routes[WIRE] == ((264.0, 120.0),)
    view.delete_selection()
    assert WIRE not in led.document.edges


def test_choosing_something_else_forgets_the_point(led: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(QPointF(424, 120))
    hand.click(QPointF(300, 400))
    assert not any(point.chosen for point in points(view))
    hand.click(view.node_item("tanh").card().center())
    view.delete_selection()
    assert len(led.document.routes[WIRE]) == 2


def test_points_move_with_both_ends_of_the_wire_also_while_they_are_dragged(led: AppContext, view: CanvasView,
                                                                           hand: Hand) -> None:
    before = led.document
    view.choose(["dense", "sigmoid"])
    start = view.node_item("dense").card().center()
    hand.press(start)
    hand.move(start + QPointF(20, 20))
    hand.move(start + QPointF(64, 160), SHIFT)
    assert points(view)[0].scenePos() == QPointF(264 + 64, 120 + 160)
    hand.release(start + QPointF(64, 160), SHIFT)
    assert led.document.routes[WIRE] == ((328.0, 280.0), (488.0, 280.0))
    led.history.undo()
    assert led.document == before
    assert points(view)[0].scenePos() == QPointF(264, 120)


def test_points_stay_where_they_are_if_one_end_moves(led: AppContext, view: CanvasView, hand: Hand) -> None:
    start = view.node_item("sigmoid").card().center()
    hand.drag(start, start + QPointF(0, 160), SHIFT)
    assert led.document.routes[WIRE] == ((264.0, 120.0), (424.0, 120.0))
    assert points(view)[1].scenePos() == QPointF(424, 120)


def test_moving_both_ends_and_leading_the_wire_otherwise_can_be_one_step(led: AppContext, view: CanvasView) -> None:
    def lay_out(document: Document) -> Document:
        moved = edits.move(document, {"dense": (0, 80), "sigmoid": (640, 80)})
        return rewire.set_route(moved, WIRE, [(300, 240), (400, 200), (500, 240)])

    led.edit("Arrange", lay_out)
    assert [point.scenePos().x() for point in points(view)] == [300, 400, 500]
    led.history.undo()
    assert [point.scenePos().x() for point in points(view)] == [264, 424]
    led.edit("Arrange", lambda d: edits.move(rewire.set_route(d, WIRE, []), {"dense": (0, 80), "sigmoid": (640, 0)}))
    assert not points(view)
    led.history.undo()
    assert [point.scenePos() for point in points(view)] == [QPointF(264, 120), QPointF(424, 120)]


def test_removing_a_wire_takes_its_points_along_and_undo_brings_them_back(led: AppContext, view: CanvasView) -> None:
    count = len(view.canvas_scene.items())
    led.edit("Delete", lambda d: edits.remove_nodes(d, ["dense"]))
    assert not points(view)
    led.history.undo()
    assert len(points(view)) == 2
    assert len(view.canvas_scene.items()) == count


def test_a_wire_that_goes_back_can_be_led_too() -> None:
    path = way.led_path(QPointF(100, 0), [(50, 80), (-40, 80)], QPointF(-60, 0))
    assert path.pointAtPercent(0) == QPointF(100, 0)
    assert path.pointAtPercent(1) == QPointF(-60, 0)
    assert path.angleAtPercent(0) == pytest.approx(0, abs=1) or path.angleAtPercent(0) == pytest.approx(360, abs=1)


def test_a_selected_wire_has_a_grip_at_both_ends(wide: AppContext, view: CanvasView, hand: Hand) -> None:
    assert view.canvas_scene.ways.grips == ()
    hand.click(middle(view))
    assert wire(view).distance(grip(view, True).scenePos()) < 1
    out, into = grip(view, True).scenePos(), grip(view, False).scenePos()
    assert 12 < out.x() - wire(view).start.x() < 40
    assert 12 < wire(view).end.x() - into.x() < 40
    hand.click(QPointF(300, 400))
    assert view.canvas_scene.ways.grips == ()
    view.choose((), wide.document.edges)
    assert view.canvas_scene.ways.grips == ()


@pytest.mark.parametrize(("out", "node", "after"), [(True, "tanh", Edge("tanh", "sigmoid")),
                                                    (False, "relu", Edge("dense", "relu"))])
def test_either_end_of_a_wire_is_plugged_in_elsewhere(wide: AppContext, view: CanvasView, hand: Hand, out: bool,
                                                      node: str, after: Edge) -> None:
    before = wide.document
    hand.click(middle(view))
    to = view.output_scene_pos(node) if out else view.port_scene_pos(node, "x")
    hand.drag(grip(view, out).scenePos(), to)
    assert wide.document.edges == {Edge("input", "dense"), after}
    assert view.canvas_scene.selected_wires == {after}
    assert grip(view, True).edge == after
    wide.history.undo()
    assert wide.document == before


def test_a_wire_plugged_in_elsewhere_keeps_its_points(led: AppContext, view: CanvasView, hand: Hand) -> None:
    view.choose((), [WIRE])
    hand.drag(grip(view, False).scenePos(), view.port_scene_pos("relu", "x"))
    after = Edge("dense", "relu")
    assert led.document.routes == {after: ((264.0, 120.0), (424.0, 120.0))}
    assert [point.scenePos().x() for point in points(view, after)] == [264, 424]


def test_an_end_that_would_close_a_loop_is_refused_with_the_reason(wide: AppContext, view: CanvasView,
                                                                   hand: Hand) -> None:
    wide.edit("Connect", lambda d: edits.connect(d, Edge("sigmoid", "relu")))
    before = wide.document
    hand.click(middle(view))
    hand.press(grip(view, True).scenePos())
    hand.move(QPointF(300, 200))
    assert not wire(view).isVisible()
    assert view.node_item("tanh").output.state is PortState.LEGAL
    assert view.node_item("relu").output.state is PortState.FADED
    hand.move(view.output_scene_pos("relu"))
    assert "loop" in view.reason
    hand.release(view.output_scene_pos("relu"))
    assert wide.document is before
    assert wire(view).isVisible()
    assert wide.notify.notices[-1].level == "warning"


def test_an_end_that_is_let_go_over_nothing_removes_the_wire(wide: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(middle(view))
    hand.drag(grip(view, True).scenePos(), QPointF(300, 400))
    assert WIRE not in wide.document.edges
    assert view.quick_add.picker is None


def test_a_click_on_a_grip_leaves_the_wire_selected(wide: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(middle(view))
    hand.click(grip(view, True).scenePos())
    assert view.canvas_scene.selected_wires == {WIRE}
    assert WIRE in wide.document.edges


def test_the_menu_of_a_point_is_that_of_wires(led: AppContext, view: CanvasView) -> None:
    asked: list[str] = []
    view.menu_wanted.connect(lambda place, at: asked.append(place))
    at = view.mapFromScene(QPointF(264, 120))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QCoreApplication.sendEvent(view.viewport(), event)
    assert asked == ["wire"]
    assert points(view)[0].chosen
