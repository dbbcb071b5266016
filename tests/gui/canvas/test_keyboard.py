"""The canvas without a mouse, at the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from core.graph import furniture
from core.graph.document import Edge
from gui import areas
from gui.canvas.travel import neighbour
from gui.main_window import MainWindow
from gui.picker import Picker
from tests.gui.canvas.conftest import chain, network

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def built(window: MainWindow) -> MainWindow:
    """The window with a small network and the focus on the canvas."""
    window.context.history.restart(chain())
    window.canvas.fit()
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    return window


def press(window: MainWindow, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.canvas, key, held)


def picker(window: MainWindow) -> Picker:
    (shown,) = [p for p in window.findChildren(Picker) if not p.isHidden()]
    return shown


def test_alt_right_and_left_go_along_the_wires(built: MainWindow) -> None:
    visited = []
    for _ in range(4):
        press(built, Key.Key_Right, ALT)
        visited.append(next(iter(built.context.selection)))
    assert visited.index("input") < visited.index("dense") < visited.index("sigmoid")
    press(built, Key.Key_Right, ALT)
    assert built.context.selection == {visited[3]}
    press(built, Key.Key_Left, ALT)
    assert built.context.selection == {visited[2]}


def test_alt_down_and_up_go_to_the_nearest_node(built: MainWindow) -> None:
    built.context.select(["dense"])
    press(built, Key.Key_Down, ALT)
    assert built.context.selection == {"output"}
    press(built, Key.Key_Down, ALT)
    assert built.context.selection == {"output"}
    press(built, Key.Key_Up, ALT)
    assert built.context.selection == {"dense"}
    built.context.select([])
    press(built, Key.Key_Down, ALT)
    assert len(built.context.selection) == 1


def test_rather_straight_than_aside() -> None:
    cards = {"here": QRectF(0, 0, 10, 10), "aside": QRectF(60, 20, 10, 10), "below": QRectF(5, 80, 10, 10)}
    assert neighbour(cards, "here", True) == "below"
    assert neighbour(cards, "here", False) is None
    assert neighbour(cards, "aside", False) == "here"


def test_a_collapsed_group_is_one_stop_and_its_nodes_are_none(built: MainWindow) -> None:
    grouped = furniture.group(built.context.document, ["dense", "output"])
    (name,) = grouped.groups
    built.context.history.restart(furniture.collapse(grouped, name, True))
    QApplication.processEvents()
    built.context.select(["input"])
    press(built, Key.Key_Right, ALT)
    assert built.context.selection == {"dense", "output"}
    built.context.select(["sigmoid"])
    press(built, Key.Key_Down, ALT)
    assert built.context.selection == {"sigmoid"}


def test_w_connects_the_selected_node_to_what_is_typed_as_one_step(built: MainWindow) -> None:
    before = built.context.document
    built.context.select(["sigmoid"])
    press(built, Key.Key_W)
    shown = picker(built)
    assert [c.text for c in shown.model.rows] == ["Output"]
    QTest.keyClicks(shown.field, "out")
    QTest.keyClick(shown.field, Key.Key_Return)
    assert Edge("sigmoid", "output") in built.context.document.edges
    assert built.context.history.undo_label == "Connect Sigmoid to Output"
    assert QApplication.focusWidget() is built.canvas
    built.context.history.undo()
    assert built.context.document is before


def test_shift_w_connects_from_and_says_what_is_replaced(built: MainWindow) -> None:
    built.context.select(["sigmoid"])
    press(built, Key.Key_W, SHIFT)
    shown = picker(built)
    assert [c.text for c in shown.model.rows] == ["Input"]
    assert shown.model.rows[0].tip == "Takes the place of the wire that ends there now"
    QTest.keyClick(shown.field, Key.Key_Return)
    assert Edge("input", "sigmoid") in built.context.document.edges
    assert Edge("dense", "sigmoid") not in built.context.document.edges


def test_the_list_tells_twins_and_ports_apart_and_begins_with_the_nearest(built: MainWindow) -> None:
    built.context.history.restart(network(
        ("input", "input", 0, 0), ("add", "add", 900, 0), ("one", "dense", 450, 0), ("two", "dense", 300, 0)))
    built.context.select(["input"])
    press(built, Key.Key_W)
    rows = picker(built).model.rows
    assert [row.text for row in rows] == ["Dense", "Dense", "Add", "Add"]
    assert rows[0].path.startswith("two")
    assert rows[1].path.startswith("one")
    assert len({row.path for row in rows}) == 4
    QTest.keyClick(picker(built).field, Key.Key_Escape)


def test_there_is_nothing_to_wire_from_an_output_or_from_several(built: MainWindow) -> None:
    for chosen, to, from_ in ((["output"], False, True), (["input"], True, False), (["dense", "input"], False, False),
                              ([], False, False)):
        built.context.select(chosen)
        assert built.actions_by_id["network.connect_to"].isEnabled() is to
        assert built.actions_by_id["network.connect_from"].isEnabled() is from_


def test_alt_w_goes_through_the_wires_of_a_node_and_delete_removes_one(built: MainWindow) -> None:
    built.context.select(["dense"])
    seen = []
    for _ in range(3):
        press(built, Key.Key_W, ALT)
        (wire,) = built.canvas.canvas_scene.selected_wires
        seen.append(wire)
    assert seen == [Edge("dense", "sigmoid"), Edge("input", "dense"), Edge("dense", "sigmoid")]
    press(built, Key.Key_Delete)
    assert built.context.document.edges == {Edge("input", "dense")}
    assert built.context.document.nodes.keys() == {"input", "dense", "sigmoid", "output"}
    press(built, Key.Key_W, ALT)
    assert built.canvas.canvas_scene.selected_wires == {Edge("input", "dense")}


def test_from_a_wire_alt_right_goes_to_the_node_at_its_end(built: MainWindow) -> None:
    for key, name in ((Key.Key_Right, "sigmoid"), (Key.Key_Left, "dense")):
        built.canvas.choose((), [Edge("dense", "sigmoid")])
        press(built, key, ALT)
        assert built.context.selection == {name}


def test_without_a_wire_there_is_none_to_go_to(built: MainWindow) -> None:
    built.context.select(["output"])
    assert not built.actions_by_id["edit.select_wire"].isEnabled()


def test_f6_goes_through_all_areas_and_shift_f6_back(built: MainWindow) -> None:
    row = areas.areas(built)
    assert len(row) == 6
    at = next(i for i, area in enumerate(row) if built.canvas in area)
    for step in range(1, 7):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_F6)
        expected = row[(at + step) % 6]
        assert any(part is QApplication.focusWidget() or part.isAncestorOf(QApplication.focusWidget())
                   for part in expected), step
    assert QApplication.focusWidget() is built.canvas
    QTest.keyClick(built.canvas, Key.Key_F6, SHIFT)
    assert any(part.isAncestorOf(QApplication.focusWidget()) for part in row[at - 1])


def test_a_closed_area_is_left_out(built: MainWindow) -> None:
    for dock in built.docks.docks.values():
        if dock.info.area == "bottom":
            dock.hide()
    QApplication.processEvents()
    assert len(areas.areas(built)) == 5


def test_the_buttons_of_the_tool_bar_are_reached_by_tab_and_pressed_by_space(built: MainWindow) -> None:
    button = next(b for b in built.findChildren(QToolButton)
                  if b.defaultAction() is built.actions_by_id["edit.undo"])
    built.canvas.add_layer("dense")
    QApplication.processEvents()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is button
    QTest.keyClick(button, Key.Key_Space)
    assert built.context.document.nodes.keys() == chain().nodes.keys()
