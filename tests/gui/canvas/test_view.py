"""Zoom, pan, keys, drop."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QInputDevice,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Edge
from gui.canvas import adding, geometry, keys
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand, chain

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def wheel(view: CanvasView, at: QPoint, y: int, *, x: int = 0, keys: Qt.KeyboardModifier = NONE,
          pixels: QPoint | None = None, phase: Qt.ScrollPhase = Qt.ScrollPhase.ScrollUpdate) -> None:
    phase = Qt.ScrollPhase.NoScrollPhase if pixels is None else phase
    event = QWheelEvent(QPointF(at), QPointF(view.viewport().mapToGlobal(at)), pixels or QPoint(), QPoint(x, y),
                        Qt.MouseButton.NoButton, keys, phase, False)
    QCoreApplication.sendEvent(view.viewport(), event)


def off(a: QPointF, b: QPointF) -> float:
    return (a - b).manhattanLength()


@pytest.mark.parametrize("turns", [1, -1, 3, -4])
def test_the_wheel_zooms_and_the_point_under_the_pointer_stays(view: CanvasView, turns: int) -> None:
    at = QPoint(700, 130)
    before = view.mapToScene(at)
    for _ in range(abs(turns)):
        wheel(view, at, 120 if turns > 0 else -120)
    assert view.zoom == pytest.approx(1.2**turns)
    assert off(view.mapToScene(at), before) * view.zoom <= 2 * abs(turns)


def test_zoom_stays_between_10_and_400_percent(view: CanvasView) -> None:
    for _ in range(30):
        view.zoom_in()
    assert view.zoom == geometry.MAX_ZOOM
    for _ in range(60):
        view.zoom_out()
    assert view.zoom == geometry.MIN_ZOOM
    view.zoom_reset()
    assert view.zoom == 1.0


def test_two_fingers_pan_and_ctrl_with_them_zooms(view: CanvasView) -> None:
    at, before = QPoint(400, 300), view.mapToScene(QPoint(0, 0))
    wheel(view, at, 30, pixels=QPoint(12, 30))
    assert view.zoom == 1.0
    assert view.mapToScene(QPoint(0, 0)) == before - QPointF(12, 30)
    wheel(view, at, 30, pixels=QPoint(0, 30), keys=CTRL)
    assert view.zoom > 1.0


def test_a_flick_that_runs_on_never_zooms(view: CanvasView) -> None:
    at, before = QPoint(400, 300), view.mapToScene(QPoint(0, 0))
    wheel(view, at, 30, pixels=QPoint(0, 8), keys=CTRL, phase=Qt.ScrollPhase.ScrollMomentum)
    assert view.zoom == 1.0
    assert view.mapToScene(QPoint(0, 0)) == before - QPointF(0, 8)


def test_shift_with_the_wheel_and_a_wheel_that_tilts_go_sideways(view: CanvasView) -> None:
    at, before = QPoint(400, 300), view.mapToScene(QPoint(0, 0))
    wheel(view, at, -120, keys=SHIFT)
    assert view.mapToScene(QPoint(0, 0)) == before + QPointF(60, 0)
    wheel(view, at, 0, x=120)
    assert view.mapToScene(QPoint(0, 0)) == before
    assert view.zoom == 1.0


@pytest.mark.parametrize("start", [0.1, 0.37, 0.9, 1.15, 3.3])
def test_stepping_always_meets_100_percent(view: CanvasView, start: float) -> None:
    view.zoom_to(start)
    met = []
    for _ in range(25):
        (view.zoom_in if start < 1 else view.zoom_out)()
        met.append(view.zoom)
    assert 1.0 in met
    assert met[-1] == (geometry.MAX_ZOOM if start < 1 else geometry.MIN_ZOOM)


def test_zooming_in_and_out_about_one_place_ends_where_it_began(view: CanvasView) -> None:
    at = QPoint(713, 129)
    before = view.mapToScene(at)
    for _ in range(5):
        for turn in (40, 40, 40, 40, -40, -40, -40, -40):
            wheel(view, at, turn)
    assert view.zoom == pytest.approx(1.0)
    assert off(view.mapToScene(at), before) <= 2


def test_a_pinch_zooms_to_the_fingers(view: CanvasView) -> None:
    at = QPoint(700, 130)
    before = view.mapToScene(at)
    pad = QPointingDevice("pad", 7, QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger,
                          QInputDevice.Capability.PixelScroll, 2, 0)
    for value in (0.05, 0.1, -0.5, -5.0):
        QCoreApplication.sendEvent(view.viewport(), QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, pad, 2, QPointF(at), QPointF(at), QPointF(at), value, QPointF()))
        if value > 0:
            assert off(view.mapToScene(at), before) * view.zoom <= 3
            assert view.zoom > 1.0
    assert view.zoom < 1.0


def test_the_middle_button_and_space_with_the_left_drag_the_paper(drawn: AppContext, view: CanvasView,
                                                                  hand: Hand) -> None:
    before = view.mapToScene(QPoint(0, 0))
    on_card = view.node_item("dense").card().center()
    hand.press(on_card, button=Qt.MouseButton.MiddleButton)
    pixel = hand.pixel(on_card)
    for step in (10, 25):
        hand.move(view.mapToScene(pixel + QPoint(step, 0)), button=Qt.MouseButton.MiddleButton)
    hand.release(view.mapToScene(pixel + QPoint(25, 0)), button=Qt.MouseButton.MiddleButton)
    assert view.mapToScene(QPoint(0, 0)) == before - QPointF(25, 0)
    QTest.keyPress(view, Qt.Key.Key_Space)
    hand.press(view.mapToScene(pixel))
    hand.move(view.mapToScene(pixel + QPoint(-25, 0)))
    hand.release(view.mapToScene(pixel + QPoint(-25, 0)))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.mapToScene(QPoint(0, 0)) == before
    assert drawn.document.nodes["dense"].position == (224, 0)


def test_space_that_is_only_tapped_trains_and_space_that_panned_does_not(
        drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    toggled = []
    view.tapped.connect(lambda: toggled.append(True))
    QTest.keyPress(view, Qt.Key.Key_Space)
    hand.drag(QPointF(80, 260), QPointF(120, 280))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert toggled == []
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert toggled == [True]


def test_fit_brings_everything_into_view_and_never_enlarges(drawn: AppContext, view: CanvasView) -> None:
    view.centerOn(9000, 0)
    view.fit()
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(view.content())
    assert view.zoom == 1.0
    drawn.edit("Move", lambda d: edits.move(d, {"output": (4000, 2000)}))
    view.fit()
    assert view.zoom < 0.3
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(view.content())


def test_a_fit_before_the_first_show_is_made_up_for(context: AppContext) -> None:
    context.history.restart(edits.move(chain(), {"output": (4000, 0)}))
    view = CanvasView(context)
    view.resize(900, 600)
    view.fit()
    view.show()
    QApplication.processEvents()
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(view.content())
    view.close()
    view.deleteLater()


def drop(view: CanvasView, data: QMimeData, at: QPoint) -> bool:
    """Drag over the canvas and let go. True if the canvas would take it."""
    arguments = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
    taken = []
    for make in (QDragEnterEvent, QDragMoveEvent):
        event = make(at, *arguments)
        QCoreApplication.sendEvent(view.viewport(), event)
        taken.append(event.isAccepted())
    if all(taken):
        QCoreApplication.sendEvent(view.viewport(), QDropEvent(QPointF(at), *arguments))
    return all(taken)


def test_a_layer_dropped_from_the_palette_stands_under_the_pointer_on_the_grid(context: AppContext,
                                                                              view: CanvasView) -> None:
    at = QPoint(333, 222)
    assert drop(view, adding.mime_data("dense"), at)
    node = context.document.nodes["dense"]
    assert all(value % geometry.GRID == 0 for value in node.position)
    assert off(view.node_item("dense").card().center(), view.mapToScene(at)) <= geometry.GRID
    assert context.selection == {"dense"}
    assert context.history.undo_label == "Add Dense"
    context.history.undo()
    assert view.canvas_scene.nodes == {}


def test_things_that_are_no_layer_cannot_be_dropped(context: AppContext, view: CanvasView) -> None:
    text, odd = QMimeData(), adding.mime_data("no_such_kind")
    text.setText("dense")
    assert not drop(view, text, QPoint(50, 50))
    assert not drop(view, odd, QPoint(50, 50))
    assert context.document.nodes == {}


def test_layers_added_one_after_the_other_make_a_chain_in_single_steps(context: AppContext, view: CanvasView) -> None:
    for kind in ("input", "dense", "sigmoid", "output"):
        view.add_layer(kind)
    assert context.document.edges == {Edge("input", "dense"), Edge("dense", "sigmoid"), Edge("sigmoid", "output")}
    assert context.report.shapes["output"] == (4,)
    cards = [item.card() for item in view.canvas_scene.nodes.values()]
    assert not any(a.intersects(b) for a in cards for b in cards if a is not b)
    for _ in range(4):
        context.history.undo()
    assert context.document.nodes == {}


def test_arrows_nudge_the_selection_in_one_undo_step(drawn: AppContext, view: CanvasView) -> None:
    drawn.select(["dense"])
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    QTest.keyClick(view, Qt.Key.Key_Left, SHIFT)
    assert drawn.document.nodes["dense"].position == (224 + 15, 8)
    drawn.history.undo()
    assert drawn.document.nodes["dense"].position == (224, 0)


def test_arrows_without_a_selection_pan(drawn: AppContext, view: CanvasView) -> None:
    before, place = drawn.document, view.mapToScene(QPoint(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.mapToScene(QPoint(0, 0)).x() > place.x()
    assert drawn.document is before


def test_everything_can_be_selected_and_escape_selects_nothing(drawn: AppContext, view: CanvasView) -> None:
    view.select_all()
    assert drawn.selection == drawn.document.nodes.keys()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert drawn.selection == frozenset()


def test_steps_go_through_the_nodes_in_the_order_of_the_graph(drawn: AppContext, view: CanvasView) -> None:
    visited = []
    for _ in range(4):
        assert keys.step(view, True)
        visited.append(next(iter(drawn.selection)))
    assert visited.index("input") < visited.index("dense") < visited.index("sigmoid")
    assert set(visited) == set(drawn.document.nodes)
    assert not keys.step(view, True)
    keys.step(view, False)
    assert drawn.selection == {visited[2]}


def test_an_empty_canvas_says_what_to_do_first(context: AppContext, view: CanvasView) -> None:
    assert view._welcome.isVisible()
    view.add_layer("input")
    assert not view._welcome.isVisible()
    context.history.undo()
    assert view._welcome.isVisible()


def test_the_canvas_has_a_name_for_screen_readers(view: CanvasView) -> None:
    assert view.accessibleName() == "Network canvas"


def test_leaving_the_canvas_with_the_pointer_ends_the_hover(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.hover(view.node_item("dense").card().center())
    QCoreApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert not view.node_item("dense").state.hovered
