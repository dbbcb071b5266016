"""Moving and selecting with the mouse."""
from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from core.graph.document import Edge
from gui.canvas.view import CanvasView
from gui.context import AppContext
from tests.gui.canvas.conftest import Hand

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def middle(view: CanvasView, name: str) -> QPointF:
    return view.node_item(name).card().center()


def test_a_drag_moves_a_node_in_one_undo_step_onto_the_grid(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    before = drawn.document
    hand.drag(middle(view, "dense"), middle(view, "dense") + QPointF(43, 61))
    assert drawn.document.nodes["dense"].position == (264, 64)
    assert drawn.history.undo_label == "Move Dense"
    drawn.history.undo()
    assert drawn.document is before
    assert view.node_item("dense").pos() == QPointF(224, 0)


def test_the_wires_follow_a_node_while_it_is_dragged(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "dense")
    hand.press(start)
    hand.move(start + QPointF(20, 40))
    wire = view.canvas_scene.wires[Edge("input", "dense")]
    assert wire.end == view.port_scene_pos("dense", "x")
    assert drawn.document.nodes["dense"].position == (224, 0)
    hand.release(start + QPointF(20, 40))


def test_all_selected_nodes_move_together(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    drawn.select(["dense", "sigmoid"])
    hand.drag(middle(view, "sigmoid"), middle(view, "sigmoid") + QPointF(0, 80))
    positions = {name: node.position for name, node in drawn.document.nodes.items()}
    assert positions["dense"] == (224, 80)
    assert positions["sigmoid"] == (448, 80)
    assert positions["input"] == (0, 0)
    assert drawn.history.undo_label == "Move 2 nodes"


def test_with_shift_held_nothing_snaps(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "dense")
    hand.press(start)
    hand.move(start + QPointF(10, 10), SHIFT)
    hand.release(start + QPointF(13, 11), SHIFT)
    assert drawn.document.nodes["dense"].position == (237, 11)


def test_escape_puts_a_dragged_node_back(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    start = middle(view, "dense")
    hand.press(start)
    hand.move(start + QPointF(80, 80))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    hand.release(start + QPointF(80, 80))
    assert view.node_item("dense").pos() == QPointF(224, 0)
    assert not drawn.history.can_undo


def test_an_undo_in_the_middle_of_a_drag_ends_the_drag(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    drawn.edit("Add", lambda d: d.__class__(d.nodes, frozenset(), d.data, d.training))
    start = middle(view, "dense")
    hand.press(start)
    hand.move(start + QPointF(80, 80))
    drawn.history.undo()
    hand.release(start + QPointF(90, 90))
    assert view.node_item("dense").pos() == QPointF(224, 0)
    assert len(view.canvas_scene.wires) == 2


def test_a_press_that_hardly_moves_is_a_click(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.drag(middle(view, "dense"), middle(view, "dense") + QPointF(1, 1))
    assert drawn.selection == {"dense"}
    assert not drawn.history.can_undo


def test_ctrl_click_adds_to_the_selection_and_takes_away(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.click(middle(view, "dense"))
    hand.click(middle(view, "sigmoid"), CTRL)
    assert drawn.selection == {"dense", "sigmoid"}
    hand.click(middle(view, "dense"), CTRL)
    assert drawn.selection == {"sigmoid"}


def test_a_click_on_one_of_several_selected_nodes_selects_it_alone(drawn: AppContext, view: CanvasView,
                                                                   hand: Hand) -> None:
    drawn.select(["dense", "sigmoid"])
    hand.click(middle(view, "sigmoid"))
    assert drawn.selection == {"sigmoid"}


def test_a_click_on_empty_canvas_selects_nothing(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    drawn.select(["dense"])
    hand.click(QPointF(100, 250))
    assert drawn.selection == frozenset()


def test_the_rubber_band_selects_what_it_touches(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    count = len(view.canvas_scene.items())
    hand.drag(QPointF(190, -30), QPointF(460, 80))
    assert drawn.selection == {"dense", "sigmoid"}
    assert len(view.canvas_scene.items()) == count


def test_the_rubber_band_with_shift_adds_to_the_selection(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    drawn.select(["input"])
    hand.drag(QPointF(430, -30), QPointF(640, 80), SHIFT)
    assert drawn.selection == {"input", "sigmoid"}


def test_escape_during_a_rubber_band_brings_the_selection_back(drawn: AppContext, view: CanvasView,
                                                               hand: Hand) -> None:
    drawn.select(["input"])
    hand.press(QPointF(190, -30))
    hand.move(QPointF(460, 80))
    assert "dense" in drawn.selection
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert drawn.selection == {"input"}


def test_a_click_on_a_wire_selects_it_for_deleting(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    wire = Edge("dense", "sigmoid")
    item = view.canvas_scene.wires[wire]
    hand.click((item.start + item.end) / 2)
    assert view.canvas_scene.selected_wires == {wire}
    assert drawn.selection == frozenset()
    view.delete_selection()
    assert wire not in drawn.document.edges
    assert drawn.history.undo_label == "Disconnect Dense from Sigmoid"


def test_selecting_elsewhere_lets_go_of_a_selected_wire(drawn: AppContext, view: CanvasView) -> None:
    view.choose((), [Edge("dense", "sigmoid")])
    drawn.select(["input"])
    assert view.canvas_scene.selected_wires == frozenset()
    view.delete_selection()
    assert Edge("dense", "sigmoid") in drawn.document.edges


def test_deleting_a_node_takes_its_wires_and_undo_restores_the_items(drawn: AppContext, view: CanvasView) -> None:
    drawn.select(["dense"])
    view.delete_selection()
    assert "dense" not in view.canvas_scene.nodes
    assert view.canvas_scene.wires == {}
    assert view.node_item("input").output is not None
    assert view.node_item("input").output.wires == 0
    drawn.history.undo()
    assert view.canvas_scene.nodes.keys() == drawn.document.nodes.keys()
    assert view.canvas_scene.wires.keys() == drawn.document.edges


def test_the_canvas_shows_a_selection_that_was_made_elsewhere(drawn: AppContext, view: CanvasView) -> None:
    drawn.select(["dense"])
    assert view.node_item("dense").state.selected
    drawn.select([])
    assert not view.node_item("dense").state.selected


def test_a_node_that_is_selected_elsewhere_is_brought_into_view(drawn: AppContext, view: CanvasView) -> None:
    view.centerOn(5000, 5000)
    drawn.select(["dense"])
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(view.node_item("dense").card())


def test_what_is_under_the_pointer_stands_out(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    hand.hover(middle(view, "dense"))
    assert view.node_item("dense").state.hovered
    hand.hover(QPointF(100, 250))
    assert not view.node_item("dense").state.hovered


def test_shift_only_adds_where_ctrl_toggles(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    drawn.select(["dense"])
    hand.click(middle(view, "dense"), SHIFT)
    assert drawn.selection == {"dense"}
    hand.click(middle(view, "sigmoid"), SHIFT)
    assert drawn.selection == {"dense", "sigmoid"}
    hand.drag(QPointF(190, -30), QPointF(400, 80), SHIFT)
    assert drawn.selection == {"dense", "sigmoid"}
    hand.drag(QPointF(190, -30), QPointF(400, 80), CTRL)
    assert drawn.selection == {"sigmoid"}


def test_shift_click_keeps_a_selected_wire(drawn: AppContext, view: CanvasView, hand: Hand) -> None:
    item = view.canvas_scene.wires[Edge("dense", "sigmoid")]
    for keys, left in ((SHIFT, 1), (SHIFT, 1), (CTRL, 0)):
        hand.click((item.start + item.end) / 2, keys)
        assert len(view.canvas_scene.selected_wires) == left
