"""Quick add, wires and the palette at the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph.document import Edge
from gui.main_window import MainWindow
from gui.panels.inspector import InspectorPanel
from tests.gui.canvas.conftest import Hand, chain, network

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


def test_a_layer_is_searched_for_and_put_into_the_selected_wire(window: MainWindow) -> None:
    canvas, context = window.canvas, window.context
    context.history.restart(chain())
    canvas.choose((), [Edge("input", "dense")])
    window.refresh_actions()
    window.actions_by_id["network.insert_layer"].trigger()
    assert canvas.quick_add.picker is not None
    assert not any(choice.key in ("input", "output") for choice in canvas.quick_add.picker.model.rows)
    QTest.keyClicks(canvas.quick_add.picker.field, "dropout")
    QTest.keyClick(canvas.quick_add.picker.field, Key.Key_Return)
    assert {Edge("input", "dropout"), Edge("dropout", "dense")} <= context.document.edges
    context.history.undo()
    assert Edge("input", "dense") in context.document.edges


def test_a_point_is_added_to_the_selected_wire_without_the_mouse(window: MainWindow) -> None:
    canvas, context = window.canvas, window.context
    context.history.restart(chain())
    canvas.choose((), [Edge("input", "dense")])
    window.refresh_actions()
    window.actions_by_id["network.add_point"].trigger()
    assert len(context.document.routes[Edge("input", "dense")]) == 1


def test_a_layer_is_added_from_the_menu(window: MainWindow) -> None:
    window.actions_by_id["network.add_layer"].trigger()
    picker = window.canvas.quick_add.picker
    assert picker is not None
    QTest.keyClicks(picker.field, "dense")
    QTest.keyClick(picker.field, Key.Key_Return)
    assert set(window.context.document.nodes) == {"dense"}


def test_ctrl_enter_trains_and_in_a_note_ends_the_text(qtbot: QtBot, window: MainWindow,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    toggled: list[bool] = []
    monkeypatch.setattr(window.context.trainer, "toggle", lambda: toggled.append(True))
    window.files.open_example("xor-mlp")
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(lambda: window.actions_by_id["train.toggle"].isEnabled())
    QTest.keyClick(window.canvas, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert toggled == [True]
    window.actions_by_id["network.add_note"].trigger()
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "Mind this")
    QTest.keyClick(editor, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [note.text for note in window.context.document.notes.values()] == ["Mind this"]
    assert toggled == [True]


def test_a_layer_is_replaced_by_one_of_another_kind_and_stays_wired(window: MainWindow) -> None:
    canvas, context = window.canvas, window.context
    context.history.restart(chain())
    before = context.document
    canvas.choose(["sigmoid"])
    window.refresh_actions()
    window.actions_by_id["network.replace"].trigger()
    assert canvas.quick_add.picker is not None
    QTest.keyClicks(canvas.quick_add.picker.field, "relu")
    QTest.keyClick(canvas.quick_add.picker.field, Key.Key_Return)
    assert context.document.nodes["sigmoid"].kind == "relu"
    assert context.document.edges == before.edges
    assert context.history.undo_label == "Replace Sigmoid by ReLU"
    assert canvas.node_item("sigmoid").kind == "relu"
    inspector = window.panels["inspector"]
    assert isinstance(inspector, InspectorPanel)
    assert inspector.node is not None
    assert inspector.node.header.field.text() == "ReLU"
    context.history.undo()
    assert context.document is before
    assert inspector.node.header.field.text() == "Sigmoid"


def test_the_ends_of_a_network_are_not_replaced(window: MainWindow) -> None:
    window.context.history.restart(chain())
    for name, possible in (("input", False), ("output", False), ("dense", True)):
        window.canvas.choose([name])
        window.refresh_actions()
        assert window.actions_by_id["network.replace"].isEnabled() is possible


def test_what_is_put_into_a_wire_that_goes_back_covers_no_card(window: MainWindow) -> None:
    canvas, context = window.canvas, window.context
    context.history.restart(network(("input", "input", 0, 0), ("dense", "dense", 240, 0), ("relu", "relu", 0, 100),
                                    wires=(("input", "dense"), ("dense", "relu"))))
    canvas.quick_add.on_wire(Edge("dense", "relu"), QPointF(200, 80))
    assert canvas.quick_add.picker is not None
    QTest.keyClicks(canvas.quick_add.picker.field, "tanh")
    QTest.keyClick(canvas.quick_add.picker.field, Key.Key_Return)
    cards = {name: item.card() for name, item in canvas.canvas_scene.nodes.items()}
    assert not any(cards["tanh"].intersects(card) for name, card in cards.items() if name != "tanh")
