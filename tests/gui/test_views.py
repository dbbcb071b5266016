"""The list of live views, the ways from a node or a neuron into them, and that what is followed is followed by all."""
from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolBar, QToolButton
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.train.probes.neuron import Neuron
from core.train.references import NeuronRef, SampleRef
from gui.canvas.card import chip_of
from gui.commands import commands
from gui.main_window import MainWindow
from gui.panels import PANELS
from gui.panels._base import Heading
from gui.panels._live import LivePanel
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_thumbnails import open_example, tile_centre
from tests.gui.conftest import MenuAt, texts

LIVE = {name for name, info in PANELS.items() if info.heading}
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def xor(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.resize(1280, 800)
    open_example(window, qtbot, "xor-mlp")
    return window


def listed(window: MainWindow) -> list[QAction]:
    menu = window.submenus["view.views"]
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


def button(window: MainWindow) -> QToolButton:
    bar = window.findChild(QToolBar, "toolbar")
    return next(b for b in bar.findChildren(QToolButton) if b.accessibleName() == "Views")


def press(window: MainWindow, panel: str) -> None:
    """The shortcut of a panel, as a user presses it."""
    window.activateWindow()
    window.canvas.setFocus()
    digit = Qt.Key(Qt.Key.Key_0 + int(PANELS[panel].shortcut[-1]))
    QTest.keyClick(window.canvas, digit, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def double_click(window: MainWindow, at: QPointF) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, pos=window.canvas.mapFromScene(at))


def answered(window: MainWindow, qtbot: QtBot) -> Neuron:
    """What the Neuron panel shows once the run has answered what it asks now."""
    panel = window.panels["neuron"]

    def there() -> bool:
        window.frame()
        found = panel.answer
        return (isinstance(found, Neuron) and window.context.neuron in (None, found.ref)
                and found.sample == window.context.sample)

    qtbot.waitUntil(there, timeout=10_000)
    found: Neuron = panel.answer
    return found


# The list

def test_every_live_view_is_listed_once_under_its_heading_with_icon_title_and_tick(window: MainWindow) -> None:
    under: dict[str, list[str]] = {}
    for action in listed(window):
        if not action.isEnabled():
            heading = under.setdefault(action.text(), [])
        else:
            heading.append(action.text())
    assert list(under)[:3] == list(get_args(Heading))
    for name in LIVE:
        info, toggle = PANELS[name], window.docks.docks[name].toggleViewAction()
        assert info.title in under[str(info.heading)]
        assert sum(titles.count(info.title) for titles in under.values()) == 1
        assert not toggle.icon().isNull()
        assert toggle.isChecked() is info.visible
        if info.shortcut:
            assert info.shortcut in toggle.toolTip()


def test_every_panel_that_draws_answers_of_the_run_is_in_the_list(window: MainWindow) -> None:
    assert {name for name, panel in window.panels.items() if isinstance(panel, LivePanel)} <= LIVE


def test_the_list_opens_a_view_and_closes_it(window: MainWindow) -> None:
    for open_ in (True, False):
        next(action for action in listed(window) if action.text() == "Predictions").trigger()
        QApplication.processEvents()
        assert window.docks.docks["predictions"].isVisible() is open_


def test_the_list_has_the_thumbnails_the_signals_and_the_way_back_to_the_first_layout(window: MainWindow) -> None:
    found = {action.text(): action for action in listed(window)}
    before = window.context.settings.thumbnails
    found["Thumbnails"].trigger()
    assert window.context.settings.thumbnails is not before
    found["Thumbnails"].trigger()
    assert found["Signals on Wires"].menu() is window.submenus["view.signals"]
    window.docks.docks["weights"].close()
    found["Default Layout"].trigger()
    assert window.docks.docks["weights"].isVisible()


def test_the_command_palette_has_no_line_twice_because_of_the_list(window: MainWindow) -> None:
    assert not any(choice.text.startswith("Views:") for choice in commands(window))


def test_the_tool_bar_fits_with_all_its_readings(window: MainWindow) -> None:
    for width in (1280, 1180, 1179, 1120, 1100, 1024):
        window.resize(width, 640)
        QApplication.processEvents()
        bar = window.findChild(QToolBar, "toolbar")
        more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
        assert more is None or not more.isVisible()
        assert button(window).isVisible()
        assert window.readings.width() >= window.readings.minimumSizeHint().width()
        assert button(window).geometry().right() < window.readings.geometry().left()


def test_in_a_narrow_window_buttons_with_lists_say_less_and_keep_their_names(window: MainWindow) -> None:
    window.resize(1280, 700)
    QApplication.processEvents()
    pace = next(b for b in window.findChildren(QToolButton) if b.accessibleName() == "Speed")
    assert (button(window).toolButtonStyle(), pace.text()) == (Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
                                                               "Speed: Watch")
    window.resize(1024, 700)
    QApplication.processEvents()
    window.refresh_actions()
    assert (button(window).toolButtonStyle(), pace.text()) == (Qt.ToolButtonStyle.ToolButtonIconOnly, "Watch")
    assert button(window).toolTip()


def test_the_switch_of_a_view_behind_another_brings_it_to_the_front(window: MainWindow, qtbot: QtBot) -> None:
    dock = window.docks.docks["neuron"]
    press(window, "neuron")
    qtbot.waitUntil(lambda: dock.seen)
    window.docks.show("weights")
    qtbot.waitUntil(lambda: not dock.seen)
    press(window, "neuron")
    qtbot.waitUntil(lambda: dock.seen)
    assert dock.toggleViewAction().isChecked()
    press(window, "neuron")
    assert dock.isHidden()
    assert not dock.toggleViewAction().isChecked()


# From a node into a view

def test_the_shortcut_shows_the_neurons_of_the_node_that_is_selected_even_after_another_was_inspected(
        xor: MainWindow, qtbot: QtBot) -> None:
    xor.context.inspect(NeuronRef("hidden", 2))
    xor.context.select(["decision"])
    press(xor, "neuron")
    assert answered(xor, qtbot).ref == NeuronRef("decision", 0)


def test_the_shortcut_shows_the_weights_of_the_node_that_is_selected(xor: MainWindow, qtbot: QtBot) -> None:
    xor.docks.docks["weights"].close()
    xor.context.select(["decision"])
    press(xor, "weights")
    panel = xor.panels["weights"]
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.node == "decision", timeout=10_000)


def test_the_shortcut_marks_the_node_that_is_selected_among_the_activations(xor: MainWindow, qtbot: QtBot) -> None:
    xor.context.select(["decision"])
    press(xor, "activity")
    panel = xor.panels["activity"]
    qtbot.waitUntil(lambda: panel.answer is not None and panel.view.strips.chosen is not None, timeout=10_000)
    assert panel.answer.spreads[panel.view.strips.chosen].node == "decision"


@pytest.mark.parametrize(("action", "panel"), [("view.inspect_neurons", "neuron"), ("view.show_weights", "weights"),
                                               ("view.show_activations", "activity")])
def test_the_menu_of_a_node_looks_into_it(xor: MainWindow, qtbot: QtBot, menu_at: MenuAt, action: str,
                                          panel: str) -> None:
    xor.docks.docks[panel].close()
    menu = menu_at(xor.canvas.node_item("decision").card().topLeft() + QPointF(70, 12))
    (fold,) = [entry.menu() for entry in menu.actions() if entry.text() == "Look Inside"]
    assert isinstance(fold, QMenu)
    assert xor.actions_by_id[action].text() in texts(fold)
    xor.actions_by_id[action].trigger()
    menu.deleteLater()
    qtbot.waitUntil(lambda: xor.docks.docks[panel].seen)
    if panel == "neuron":
        assert answered(xor, qtbot).ref.node == "decision"


def test_weights_that_were_pinned_to_a_node_follow_when_another_is_asked_for(xor: MainWindow, qtbot: QtBot) -> None:
    panel = xor.panels["weights"]
    panel.choices.pinned = "hidden"
    xor.context.select(["decision"])
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.node == "hidden", timeout=10_000)
    xor.actions_by_id["view.show_weights"].trigger()
    qtbot.waitUntil(lambda: panel.answer is not None and panel.answer.node == "decision", timeout=10_000)


def test_only_a_node_with_weights_offers_to_show_them(xor: MainWindow) -> None:
    show = xor.actions_by_id["view.show_weights"]
    for chosen, offered in ((["hidden"], True), (["hidden_sigmoid"], False), ([], False),
                            (["hidden", "decision"], False)):
        xor.context.select(chosen)
        xor.refresh_actions()
        assert show.isEnabled() is offered, chosen


# From a neuron or a sample into all views

def test_a_double_click_on_a_neuron_opens_it_in_numbers(xor: MainWindow, qtbot: QtBot) -> None:
    at = tile_centre(xor.canvas.node_item("hidden"), 3)
    double_click(xor, at)
    qtbot.waitUntil(lambda: xor.docks.docks["neuron"].seen)
    assert answered(xor, qtbot).ref == NeuronRef("hidden", 3)


def test_a_double_click_on_a_card_beside_its_neurons_opens_nothing(xor: MainWindow) -> None:
    item = xor.canvas.node_item("hidden")
    double_click(xor, item.mapToScene(item.look.width - 8, item.card().height() - 6))
    assert xor.docks.docks["neuron"].isHidden()


def test_over_a_neuron_the_status_line_says_what_a_click_does(xor: MainWindow) -> None:
    said: list[str] = []
    xor.canvas.hinted.connect(said.append)
    item = xor.canvas.node_item("hidden")
    hand = Hand(xor.canvas)
    hand.hover(tile_centre(item, 1))
    assert "Double-click" in said[-1]
    hand.hover(item.mapToScene(item.look.width / 2, item.card().height() + 60))
    assert said[-1] == ""


def test_a_sample_that_is_traced_is_followed_by_thumbnails_and_neuron(xor: MainWindow, qtbot: QtBot) -> None:
    press(xor, "neuron")
    xor.context.select(["hidden"])
    xor.context.trace(SampleRef("train", 2))
    assert answered(xor, qtbot).sample == SampleRef("train", 2)
    asked = [dict(request.arguments) for request in xor.canvas.requests() if request.probe == "thumbnails"]
    assert asked
    assert all(arguments["sample"] == SampleRef("train", 2) for arguments in asked)


# What has to be seen from afar

@pytest.mark.parametrize("zoom", [0.3, 0.45, 0.8])
def test_a_node_that_is_not_well_is_amber_at_any_size_and_says_why_when_it_is_pointed_at(
        window: MainWindow, qtbot: QtBot, zoom: float) -> None:
    ill = Problem("health.dead", "6 of 10 units are dead.", "warning", node="hidden", hint="Use Leaky ReLU.")
    window.files.open_example("xor-mlp")
    canvas, item = window.canvas, window.canvas.node_item("hidden")
    canvas.show_area(canvas.node_item("hidden").card(), zoom)
    well = chip_of(item.look, canvas.canvas_scene.ink, 60.0).border
    item.show_health((ill,))
    assert (well, chip_of(item.look, canvas.canvas_scene.ink, 60.0).border) == ("border_strong", "warning")
    Hand(canvas).hover(item.card().center())
    qtbot.waitUntil(lambda: canvas.bubble.problem == ill, timeout=5_000)


@pytest.mark.parametrize("size", [(1024, 640), (1280, 800)])
def test_the_ways_on_from_the_past_are_not_covered_by_notices_nor_by_the_other_controls(
        xor: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    xor.resize(*size)
    trainer, past = xor.context.trainer, xor.overlays.looking_back
    trainer.step()
    qtbot.waitUntil(lambda: len(trainer.moments) > 1 and not trainer.running, timeout=10_000)
    trainer.view(trainer.moments[0])
    xor.overlays.find_bar.open()
    xor.context.notify.error("The file cannot be read.", "Choose another one.")
    QApplication.processEvents()
    assert past.isVisible()
    others = [xor.overlays.find_bar, xor.overlays.zoom_bar, *xor.toasts.shown]
    area = QRect(past.mapToGlobal(QPoint()), past.size())
    assert not any(area.intersects(QRect(other.mapToGlobal(QPoint()), other.size())) for other in others)


def test_the_word_over_the_canvas_trains_on_from_the_past_and_offers_the_way_back(
        xor: MainWindow, qtbot: QtBot) -> None:
    trainer = xor.context.trainer
    for steps in (1, 2, 3):
        trainer.step()
        qtbot.waitUntil(lambda steps=steps: trainer.step_count == steps and not trainer.running, timeout=10_000)
    trainer.view(trainer.moments[0])
    QTest.mouseClick(xor.overlays.looking_back.go_on, LEFT)
    qtbot.waitUntil(lambda: trainer.moment is None and trainer.step_count != 3, timeout=10_000)
    assert xor.context.notify.notices[-1].action_text == "Back to Step 3"
    trainer.stop()
    qtbot.waitUntil(lambda: not trainer.running, timeout=10_000)
