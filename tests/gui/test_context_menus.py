"""Right-clicks on the canvas of the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from core.graph.document import Edge
from gui.actions import ACTIONS, MENUS
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import chain
from tests.gui.conftest import MenuAt, texts

PLACES = ("node", "wire", "canvas", "note", "group")


@pytest.fixture
def menu_at(window: MainWindow, menu_at: MenuAt) -> MenuAt:
    """The menus of a window that shows the chain."""
    window.context.history.restart(chain())
    QApplication.processEvents()
    window.canvas.fit()
    return menu_at


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()
    menu.deleteLater()


@pytest.mark.parametrize("name", [name for name, info in ACTIONS.items() if info.context])
def test_an_action_of_a_context_menu_names_places_that_exist(name: str) -> None:
    assert set(ACTIONS[name].context) <= set(PLACES)
    assert ACTIONS[name].menu in MENUS


def test_the_menu_of_a_node_deletes_it(window: MainWindow, menu_at: MenuAt) -> None:
    menu = menu_at(window.canvas.node_item("sigmoid").card().center())
    assert window.context.selection == {"sigmoid"}
    trigger(menu, "Delete")
    assert "sigmoid" not in window.context.document.nodes


def test_the_menu_of_a_wire_deletes_it(window: MainWindow, menu_at: MenuAt) -> None:
    item = window.canvas.canvas_scene.wires[Edge("input", "dense")]
    trigger(menu_at((item.start + item.end) / 2), "Delete")
    assert window.context.document.edges == {Edge("dense", "sigmoid")}


def test_the_menu_of_the_canvas_has_nothing_to_delete(window: MainWindow, menu_at: MenuAt) -> None:
    menu = menu_at(QPointF(80, 260))
    assert not any(text.startswith("Delete") for text in texts(menu))
    trigger(menu, "Select All")
    assert window.context.selection == window.context.document.nodes.keys()


def test_the_menu_freezes_weights_where_there_are_some(window: MainWindow, menu_at: MenuAt) -> None:
    window.context.select(["dense", "sigmoid"])
    trigger(menu_at(window.canvas.node_item("dense").card().center()), "Freeze Weights")
    nodes = window.context.document.nodes
    assert nodes["dense"].frozen
    assert not nodes["sigmoid"].frozen
    assert window.actions_by_id["network.freeze"].isChecked()
    window.actions_by_id["network.freeze"].trigger()
    assert not window.context.document.nodes["dense"].frozen


def test_bypassing_a_layer_is_one_step_and_says_so_on_its_action(window: MainWindow, menu_at: MenuAt) -> None:
    before = window.context.document
    trigger(menu_at(window.canvas.node_item("sigmoid").card().center()), "Bypass")
    assert window.context.document.nodes["sigmoid"].bypassed
    assert window.actions_by_id["network.bypass"].isChecked()
    assert window.context.history.undo_label == "Bypass Sigmoid"
    window.context.history.undo()
    assert window.context.document is before
    assert not window.actions_by_id["network.bypass"].isChecked()


def test_an_input_cannot_be_bypassed(window: MainWindow, menu_at: MenuAt) -> None:
    window.context.select(["input"])
    assert not window.actions_by_id["network.bypass"].isEnabled()


def test_the_menu_of_a_node_is_short_and_keeps_what_belongs_together_in_submenus(
        window: MainWindow, menu_at: MenuAt) -> None:
    menu = menu_at(window.canvas.node_item("sigmoid").card().center())
    assert len(texts(menu)) <= 16
    folded = {action.text(): texts(action.menu()) for action in menu.actions() if isinstance(action.menu(), QMenu)}
    assert folded.keys() == {"Select", "Connect", "Group", "Arrange", "Look Inside"}
    assert folded["Select"] == ["Select Upstream", "Select Downstream"]
    assert "Align Left" in folded["Arrange"]
    menu.deleteLater()


def test_what_is_in_a_submenu_of_the_menu_of_a_node_works(window: MainWindow, menu_at: MenuAt) -> None:
    menu = menu_at(window.canvas.node_item("sigmoid").card().center())
    fold = next(action.menu() for action in menu.actions() if action.text() == "Group")
    assert isinstance(fold, QMenu)
    trigger(fold, "Group Selection")
    assert len(window.context.document.groups) == 1
    menu.deleteLater()


def test_the_theme_can_change_after_a_menu_with_a_submenu_was_closed(
        window: MainWindow, menu_at: MenuAt, qtbot: QtBot) -> None:
    window.context.select(["dense"])
    window.actions_by_id["network.group"].trigger()
    menu = window._actions.context_menu("group")
    assert "Colour" in texts(menu)
    with qtbot.waitSignal(menu.destroyed):
        menu.deleteLater()
    with qtbot.captureExceptions() as raised:
        window.context.theme.changed.emit(window.context.theme.tokens)
    assert raised == []
