"""Adding layers by searching on the canvas: by double-click, by key, and at the end of a wire."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph.document import Edge
from core.layers import LAYERS
from gui.canvas import geometry
from gui.canvas.edge_item import EdgeItem
from gui.canvas.quick_add import LayerPicker
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

EMPTY = QPointF(80, 260)
Key = Qt.Key


def double_click(view: CanvasView, at: QPointF) -> None:
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.mapFromScene(at))


def opened(view: CanvasView) -> LayerPicker:
    assert view.quick_add.picker is not None
    return view.quick_add.picker


def kinds(view: CanvasView) -> list[str]:
    return [choice.key for choice in opened(view).model.rows]


def enter(view: CanvasView, text: str = "") -> None:
    QTest.keyClicks(opened(view).field, text)
    QTest.keyClick(opened(view).field, Key.Key_Return)


def loose_wires(view: CanvasView) -> list[EdgeItem]:
    return [item for item in view.canvas_scene.items() if isinstance(item, EdgeItem) and item.edge is None]


def test_a_double_click_on_the_empty_canvas_offers_every_layer(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, EMPTY)
    assert sorted(kinds(view)) == sorted(LAYERS)
    rows = opened(view).model.rows
    assert all(choice.icon and choice.tint and choice.path for choice in rows)
    assert opened(view).field.hasFocus()


def test_what_is_chosen_stands_where_the_double_click_was(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, EMPTY)
    enter(view, "dnse")
    assert drawn.selection == {"dense_2"}
    middle = view.node_item("dense_2").card().center()
    assert (middle - EMPTY).manhattanLength() <= geometry.GRID
    assert view.quick_add.picker is None
    drawn.history.undo()
    assert "dense_2" not in drawn.document.nodes


def test_the_list_is_used_with_the_keyboard_alone(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, EMPTY)
    QTest.keyClicks(opened(view).field, "conv")
    wanted = opened(view).model.rows[2].key
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        QTest.keyClick(opened(view).field, key)
    QTest.keyClick(opened(view).field, Key.Key_Enter)
    assert [node.kind for node in drawn.document.nodes.values()].count(wanted) == 1


def test_a_click_in_the_list_adds_that_layer(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, EMPTY)
    QTest.keyClicks(opened(view).field, "fc")
    rows = opened(view).list
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert "dense_2" in drawn.document.nodes


def test_escape_and_a_click_beside_it_close_it_without_adding(drawn: AppContext, view: CanvasView) -> None:
    before = drawn.document
    view.setFocus()
    double_click(view, EMPTY)
    QTest.keyClick(opened(view).field, Key.Key_Escape)
    assert view.quick_add.picker is None
    assert view.hasFocus()
    double_click(view, EMPTY)
    QTest.mousePress(opened(view), Qt.MouseButton.LeftButton, pos=QPoint(890, 10))
    assert view.quick_add.picker is None
    assert drawn.document is before


def test_a_double_click_on_a_card_does_not_open_it(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, view.node_item("dense").card().center())
    assert view.quick_add.picker is None


def test_tab_adds_behind_the_selected_node_and_wires_it(drawn: AppContext, view: CanvasView) -> None:
    view.setFocus()
    view.choose(["sigmoid"])
    QTest.keyClick(view, Key.Key_Tab)
    enter(view, "dropout")
    assert Edge("sigmoid", "dropout") in drawn.document.edges
    assert view.node_item("dropout").card().left() > view.node_item("sigmoid").card().right()
    QTest.keyClick(view, Key.Key_Tab)
    enter(view, "dense")
    assert Edge("dropout", "dense_2") in drawn.document.edges
    drawn.history.undo()
    drawn.history.undo()
    assert drawn.document.nodes.keys() == {"input", "dense", "sigmoid", "output"}


def test_tab_without_a_selection_adds_in_the_middle_of_the_view(drawn: AppContext, view: CanvasView) -> None:
    view.setFocus()
    QTest.keyClick(view, Key.Key_Tab)
    enter(view, "tanh")
    middle = view.mapToScene(view.viewport().rect().center())
    assert (view.node_item("tanh").card().center() - middle).manhattanLength() <= geometry.GRID


def test_shift_tab_leaves_the_canvas(drawn: AppContext, view: CanvasView) -> None:
    view.setFocus()
    QTest.keyClick(view, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert view.quick_add.picker is None


def test_what_was_used_last_comes_first(drawn: AppContext, view: CanvasView) -> None:
    for text in ("tanh", "gru"):
        double_click(view, EMPTY)
        enter(view, text)
        drawn.history.undo()
    double_click(view, EMPTY)
    assert kinds(view)[:2] == ["gru", "tanh"]


def test_it_stays_inside_the_view(drawn: AppContext, view: CanvasView) -> None:
    corner = view.mapToScene(view.viewport().rect().bottomRight() - QPoint(3, 3))
    double_click(view, corner)
    assert opened(view).rect().contains(opened(view)._panel.geometry())


def test_the_wheel_over_it_does_not_zoom_the_canvas(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, EMPTY)
    QTest.keyClicks(opened(view).field, "fc")
    before = view.zoom
    _wheel(opened(view).list.viewport())
    assert view.zoom == before


def test_a_change_of_the_document_closes_it(drawn: AppContext, view: CanvasView) -> None:
    double_click(view, EMPTY)
    view.add_layer("relu", QPointF(0, 400))
    assert view.quick_add.picker is None


def test_a_wire_let_go_over_nothing_offers_what_fits_and_stays_visible(drawn: AppContext, view: CanvasView,
                                                                      hand: Hand) -> None:
    hand.drag(view.output_scene_pos("sigmoid"), EMPTY)
    assert {"dense", "output", "add"} <= set(kinds(view))
    assert {"input", "noise", "conv2d"}.isdisjoint(kinds(view))
    wire, = loose_wires(view)
    assert wire.start == view.output_scene_pos("sigmoid")
    assert (wire.end - EMPTY).manhattanLength() <= 2
    assert view.reason == ""


def test_the_chosen_layer_is_added_there_and_wired_as_one_step(drawn: AppContext, view: CanvasView,
                                                               hand: Hand) -> None:
    before = drawn.document
    hand.drag(view.output_scene_pos("sigmoid"), EMPTY)
    enter(view, "dense")
    assert Edge("sigmoid", "dense_2") in drawn.document.edges
    assert drawn.selection == {"dense_2"}
    assert (view.port_scene_pos("dense_2", "x") - EMPTY).manhattanLength() <= geometry.GRID
    assert not loose_wires(view)
    drawn.history.undo()
    assert drawn.document == before


def test_a_wire_from_an_open_input_offers_layers_with_an_output(drawn: AppContext, view: CanvasView,
                                                                hand: Hand) -> None:
    hand.drag(view.port_scene_pos("output", "x"), EMPTY)
    assert {"dense", "noise", "input"} <= set(kinds(view))
    assert "output" not in kinds(view)
    enter(view, "softmax")
    assert Edge("softmax", "output") in drawn.document.edges
    assert (view.output_scene_pos("softmax") - EMPTY).manhattanLength() <= geometry.GRID


@pytest.mark.parametrize("way", ["escape", "focus"])
def test_giving_up_takes_the_loose_wire_away(drawn: AppContext, view: CanvasView, hand: Hand, way: str) -> None:
    before, count = drawn.document, len(view.canvas_scene.items())
    hand.drag(view.output_scene_pos("sigmoid"), EMPTY)
    if way == "escape":
        QTest.keyClick(opened(view).field, Key.Key_Escape)
    else:
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        QApplication.processEvents()
    assert view.quick_add.picker is None
    assert drawn.document is before
    assert len(view.canvas_scene.items()) == count


def test_a_layer_at_the_end_of_a_wire_stands_clear_of_the_others(drawn: AppContext, view: CanvasView,
                                                                 hand: Hand) -> None:
    close = view.node_item("output").card().topLeft() + QPointF(-60, 20)
    hand.drag(view.output_scene_pos("sigmoid"), close)
    enter(view, "dense")
    cards = {name: item.card() for name, item in view.canvas_scene.nodes.items()}
    assert not any(cards["dense_2"].intersects(card) for name, card in cards.items() if name != "dense_2")


@pytest.mark.parametrize("kind", sorted(k for k, layer in LAYERS.items() if layer.inputs))
def test_adding_behind_the_selection_wires_every_kind_with_an_input(drawn: AppContext, view: CanvasView,
                                                                    kind: str) -> None:
    view.choose(["dense"])
    name = view.add_layer(kind)
    assert name is not None
    assert Edge("dense", name, LAYERS[kind].inputs[0].name) in drawn.document.edges


def _wheel(target: QObject) -> None:
    at = QPointF(20, 20)
    event = QWheelEvent(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)
    QCoreApplication.sendEvent(target, event)
