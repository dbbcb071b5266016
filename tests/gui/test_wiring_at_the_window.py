"""Quick add, wires and the palette at the real window."""
from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph.document import Edge
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import Hand, chain

Key = Qt.Key


def test_a_network_is_built_with_the_keyboard_alone(window: MainWindow) -> None:
    canvas, context = window.canvas, window.context
    canvas.setFocus()
    for text in ("input", "dnse", "sigmoid", "output"):
        QTest.keyClick(canvas, Key.Key_Tab)
        assert canvas.quick_add.picker is not None
        QTest.keyClicks(canvas.quick_add.picker.field, text)
        QTest.keyClick(canvas.quick_add.picker.field, Key.Key_Return)
        QApplication.processEvents()
        assert canvas.hasFocus()
    assert context.document.edges == {Edge("input", "dense"), Edge("dense", "sigmoid"), Edge("sigmoid", "output")}
    for _ in range(4):
        context.history.undo()
    assert not context.document.nodes


def test_letters_typed_in_the_search_are_no_shortcuts(window: MainWindow) -> None:
    window.context.history.restart(chain())
    window.canvas.setFocus()
    before = window.canvas.zoom
    QTest.keyClick(window.canvas, Key.Key_Tab)
    assert window.canvas.quick_add.picker is not None
    QTest.keyClicks(window.canvas.quick_add.picker.field, "f n/")
    assert window.canvas.quick_add.picker.field.text() == "f n/"
    assert window.canvas.zoom == before
    assert not window.context.document.notes
    assert not window.context.trainer.running


def test_opening_another_document_closes_the_search_and_forgets_the_loose_wire(window: MainWindow) -> None:
    window.context.history.restart(chain())
    QApplication.processEvents()
    canvas = window.canvas
    start = canvas.output_scene_pos("sigmoid")
    Hand(canvas).drag(start, start + QPointF(40, 120))
    assert canvas.quick_add.picker is not None
    window.context.history.restart(chain())
    assert canvas.quick_add.picker is None
    assert all(getattr(item, "edge", "") is not None for item in canvas.canvas_scene.items())


def test_a_double_click_in_the_palette_adds_behind_the_selection_and_wires_it(window: MainWindow) -> None:
    window.context.history.restart(chain())
    window.context.select(["sigmoid"])
    layers = window.panels["palette"].list  # type: ignore[attr-defined]
    item = layers.findItems("Dropout", Qt.MatchFlag.MatchExactly)[0]
    layers.scrollToItem(item)
    QApplication.processEvents()
    at = layers.visualItemRect(item).center()
    QTest.mouseClick(layers.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(layers.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert Edge("sigmoid", "dropout") in window.context.document.edges
    assert window.context.selection == {"dropout"}


def test_deleting_and_joining_has_keys_and_an_icon(window: MainWindow) -> None:
    action = window.actions_by_id["edit.delete_joining"]
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+Del"]
    assert not action.icon().isNull()
