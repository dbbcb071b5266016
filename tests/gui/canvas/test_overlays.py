"""Zoom control, minimap and find bar at the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from core.graph import edits, furniture
from core.graph.document import Edge, Node
from gui import motion
from gui.canvas.minimap import Minimap
from gui.main_window import MainWindow
from gui.settings import Settings
from tests.gui.canvas.conftest import Hand, chain

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    window.docks.reset()
    window.resize(1500, 1000)
    window.context.history.restart(chain())
    QApplication.processEvents()
    return window


@pytest.fixture
def minimap(shown: MainWindow) -> Minimap:
    shown.actions_by_id["view.minimap"].trigger()
    QApplication.processEvents()
    assert shown.overlays.minimap.isVisible()
    return shown.overlays.minimap


def button(window: MainWindow, name: str) -> QToolButton:
    (found,) = [b for b in window.overlays.zoom_bar.findChildren(QToolButton) if b.accessibleName() == name]
    return found


def off(a: QPointF, b: QPointF) -> float:
    return (a - b).manhattanLength()


def middle(window: MainWindow) -> QPointF:
    return window.canvas.shown_area().center()


def test_the_zoom_control_stands_in_the_lower_right_corner_and_stays_there(shown: MainWindow) -> None:
    for size in ((1500, 1000), (1200, 800)):
        shown.resize(*size)
        QApplication.processEvents()
        bar, canvas = shown.overlays.zoom_bar, shown.canvas
        assert bar.isVisible()
        assert 0 < canvas.width() - bar.geometry().right() < 20
        assert 0 < canvas.height() - bar.geometry().bottom() < 20


def test_its_buttons_zoom_and_its_number_says_how_far(shown: MainWindow) -> None:
    shown.canvas.zoom_reset()
    number = shown.overlays.zoom_bar.number
    assert number.text() == "100 %"
    QTest.mouseClick(button(shown, "Zoom In"), LEFT)
    assert number.text() == "120 %"
    assert number.accessibleName() == "Zoom 120 %"
    QTest.mouseClick(button(shown, "Zoom Out"), LEFT)
    QTest.mouseClick(button(shown, "Zoom Out"), LEFT)
    assert number.text() == "83 %"
    shown.canvas.centerOn(9000, 9000)
    QTest.mouseClick(button(shown, "Fit"), LEFT)
    assert shown.canvas.shown_area().contains(shown.canvas.content())


def test_the_number_offers_levels_and_fit(shown: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda self, at, *rest: menus.append(self))
    shown.canvas.zoom_reset()
    QTest.mouseClick(shown.overlays.zoom_bar.number, LEFT)
    entries = {a.text(): a for a in menus[0].actions() if a.text()}
    assert list(entries) == ["25 %", "50 %", "100 %", "200 %", "Fit"]
    assert [text for text, a in entries.items() if a.isChecked()] == ["100 %"]
    entries["200 %"].trigger()
    assert shown.canvas.zoom == 2.0
    menus[0].close()


def test_the_zoom_control_is_reached_with_tab_and_worked_with_space(shown: MainWindow) -> None:
    shown.activateWindow()
    shown.canvas.zoom_reset()
    button(shown, "Zoom Out").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button(shown, "Zoom Out"), Qt.Key.Key_Tab)
    assert shown.overlays.zoom_bar.number.hasFocus()
    QTest.keyClick(shown.overlays.zoom_bar.number, Qt.Key.Key_Tab)
    QTest.keyClick(button(shown, "Zoom In"), Qt.Key.Key_Space)
    assert shown.canvas.zoom == pytest.approx(1.2)
    assert shown.context.trainer.state != "running"


def test_fit_selection_shows_the_selected_layers_as_large_as_they_fit(shown: MainWindow) -> None:
    action = shown.actions_by_id["view.fit_selection"]
    assert not action.isEnabled()
    shown.context.edit("Move", lambda d: edits.move(d, {"output": (5000, 3000)}))
    shown.canvas.fit()
    shown.context.select(["input", "dense"])
    QTest.keyClick(shown.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    area = shown.canvas.shown_area()
    cards = [shown.canvas.node_item(name).card() for name in ("input", "dense")]
    assert all(area.contains(card) for card in cards)
    assert shown.canvas.zoom > 1.0
    assert not area.contains(shown.canvas.node_item("output").card())


def test_ctrl_m_shows_and_hides_the_minimap_and_that_is_remembered(shown: MainWindow) -> None:
    assert not shown.overlays.minimap.isVisible()
    QTest.keyClick(shown.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert shown.overlays.minimap.isVisible()
    assert Settings.load().minimap
    assert button(shown, "Minimap").isChecked()
    QTest.keyClick(shown.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert not shown.overlays.minimap.isVisible()
    assert not Settings.load().minimap


def test_a_canvas_that_is_too_small_has_no_minimap_until_it_grows(shown: MainWindow, minimap: Minimap) -> None:
    shown.resize(shown.minimumSize())
    QApplication.processEvents()
    assert not shown.overlays.roomy
    assert not minimap.isVisible()
    shown.actions_by_id["view.minimap"].trigger()
    shown.actions_by_id["view.minimap"].trigger()
    assert "too small for the minimap" in shown.context.notify.notices[-1].prose
    shown.resize(1500, 1000)
    QApplication.processEvents()
    assert minimap.isVisible()


def test_a_click_on_the_minimap_goes_there_and_a_drag_of_the_frame_moves_it(shown: MainWindow, minimap: Minimap,
                                                                          qtbot: QtBot) -> None:
    shown.context.edit("Move", lambda d: edits.move(d, {"output": (4000, 2500)}))
    shown.canvas.zoom_to(1.0)
    target = shown.canvas.node_item("output").card().center()
    qtbot.waitUntil(lambda: minimap.rect().contains(minimap.to_map(target).toPoint()))
    there = minimap.to_map(target).toPoint()
    QTest.mouseClick(minimap, LEFT, pos=there)
    assert shown.canvas.shown_area().contains(shown.canvas.node_item("output").card())
    before, frame = middle(shown), minimap.frame_rect()
    start = frame.center().toPoint() + QPoint(2, 1)
    QTest.mousePress(minimap, LEFT, pos=start)
    assert off(middle(shown), before) <= 60
    QTest.mouseMove(minimap, start + QPoint(-30, 0))
    QTest.mouseRelease(minimap, LEFT, pos=start + QPoint(-30, 0))
    assert middle(shown).x() < before.x() - 400
    assert abs(middle(shown).y() - before.y()) <= 60
    moved = middle(shown)
    QTest.mouseMove(minimap, QPoint(10, 10))
    assert middle(shown) == moved


def test_the_frame_shows_what_is_in_view_and_never_leaves_the_map(shown: MainWindow, minimap: Minimap) -> None:
    shown.canvas.zoom_to(2.0)
    shown.canvas.centerOn(shown.canvas.node_item("dense").card().center())
    frame = minimap.frame_rect()
    corner = minimap.to_scene(frame.topLeft())
    assert off(corner, shown.canvas.shown_area().topLeft()) <= 30
    for x, y in ((-90_000, 0), (90_000, 90_000), (0, -90_000)):
        shown.canvas.centerOn(x, y)
        frame = minimap.frame_rect()
        assert minimap.rect().toRectF().contains(frame)
        assert min(frame.width(), frame.height()) >= 4


def colour_at(minimap: Minimap, point: QPointF) -> str:
    picture = minimap.grab().toImage()
    at = minimap.to_map(point) * picture.devicePixelRatio()
    return str(picture.pixelColor(at.toPoint()).name())


def test_the_map_shows_nodes_in_their_colours_and_follows_the_document_and_a_drag(
        shown: MainWindow, minimap: Minimap, qtbot: QtBot) -> None:
    blue = shown.context.theme.tokens.category_colour("Basic")
    place = shown.canvas.node_item("dense").card().center()
    assert colour_at(minimap, place) == blue
    shown.canvas.choose(["dense"])
    shown.canvas.delete_selection()
    qtbot.waitUntil(lambda: colour_at(minimap, place) != blue)
    shown.context.history.undo()
    hand = Hand(shown.canvas)
    hand.press(place)
    for y in (-40.0, -120.0):
        hand.move(place + QPointF(0, y))
    qtbot.waitUntil(lambda: colour_at(minimap, place - QPointF(0, 120)) == blue)
    hand.release(place - QPointF(0, 120))


def test_nodes_with_errors_are_red_on_the_map(shown: MainWindow, minimap: Minimap, qtbot: QtBot) -> None:
    shown.context.edit("Add", lambda d: edits.connect(
        edits.add_node(d, Node("lost", "conv2d", position=(0, 300))), Edge("input", "lost")))
    assert shown.canvas.node_item("lost").look.severity == "error"
    place = shown.canvas.node_item("lost").card().center()
    shown.canvas.zoom_to(0.1)
    qtbot.waitUntil(lambda: colour_at(minimap, place) == shown.context.theme.tokens.error)


def test_groups_are_framed_on_the_map_and_one_box_if_they_are_collapsed(shown: MainWindow, minimap: Minimap,
                                                                       qtbot: QtBot) -> None:
    tokens = shown.context.theme.tokens
    shown.context.edit("Group", lambda d: furniture.group(d, ["dense", "sigmoid"], "Hidden", "green"))
    shown.canvas.zoom_to(0.1)
    (frame,) = shown.canvas.canvas_scene.groups.frames.values()
    corner = frame.outline().topLeft() + QPointF(20, 12)
    qtbot.waitUntil(lambda: colour_at(minimap, corner) == tokens.paper("green"))
    shown.context.edit("Collapse", lambda d: furniture.collapse(d, "group", True))
    (card,) = shown.canvas.canvas_scene.groups.cards.values()
    qtbot.waitUntil(lambda: colour_at(minimap, card.card().center()) == tokens.paper_ink("green"))


def test_a_hidden_minimap_draws_nothing(shown: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    monkeypatch.setattr(Minimap, "_drawn", lambda self: drawn.append(self))
    shown.canvas.zoom_in()
    shown.context.edit("Move", lambda d: edits.move(d, {"output": (400, 250)}))
    QApplication.processEvents()
    assert drawn == []


def test_moving_the_view_draws_the_map_not_anew(shown: MainWindow, minimap: Minimap,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    minimap.grab()
    monkeypatch.setattr(Minimap, "_drawn", lambda self: pytest.fail("drawn anew"))
    shown.canvas.pan_by(QPoint(30, 30))
    shown.canvas.zoom_in()
    minimap.grab()


def test_going_to_a_node_is_animated_and_ends_in_the_right_place(shown: MainWindow, qtbot: QtBot,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "system_reduces", lambda: False)
    shown.context.edit("Move", lambda d: edits.move(d, {"output": (6000, 0)}))
    shown.canvas.zoom_reset()
    before = middle(shown)
    shown.context.select(["output"])
    assert middle(shown) == before
    card = shown.canvas.node_item("output").card()
    qtbot.waitUntil(lambda: shown.canvas.shown_area().contains(card))
    qtbot.waitUntil(lambda: shown.canvas.glide.state() == shown.canvas.glide.State.Stopped)
    shown.canvas.glide.centre(shown.canvas.node_item("input").card())
    shown.canvas.glide.centre(card)
    qtbot.waitUntil(lambda: off(middle(shown), card.center()) <= 4)
