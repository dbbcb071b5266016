"""Painting on the pad of the real window, with mouse and keys."""
from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from core.graph import edits, painting
from core.params import PointSet
from gui.main_window import MainWindow
from gui.pad import Pad
from gui.pad.surface import Surface
from gui.panels.boundary import BoundaryPanel
from gui.panels.pad import PadPanel
from gui.theme.tokens import DARK
from tests.core._build import chain, dense
from tests.gui.conftest import texts
from tests.gui.pad.conftest import pixel, points, stroke


def added(window: MainWindow, before: PointSet) -> tuple[tuple[float, float, int], ...]:
    assert points(window).points[: len(before)] == before.points
    return points(window).points[len(before):]


def test_a_drag_of_the_brush_paints_an_area_in_one_step(window: MainWindow, pad: Pad, surface: Surface) -> None:
    before, steps = points(window), len(window.context.history.steps)
    pad.bar.swatches[1].click()
    stroke(surface, (-1, 4), (0, 4), (1, 4), (2, 4))
    new = added(window, before)
    assert len(new) > 10
    assert {label for *_, label in new} == {1}
    assert all(abs(y - 4) <= surface.radius + 0.1 for _, y, _ in new)
    assert len(window.context.history.steps) == steps + 1
    assert window.context.history.undo_label == f"Paint {len(new)} points"
    window.context.history.undo()
    assert points(window) is before
    assert surface.points is before


def test_points_appear_while_the_button_is_held_but_the_document_waits(
        window: MainWindow, pad: Pad, surface: Surface) -> None:
    before = points(window)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(surface, left, none, pixel(surface, (0, 4)))
    assert len(surface.shown) > len(before)
    assert points(window) is before
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert surface.shown is before
    QTest.mouseRelease(surface, left, none, pixel(surface, (0, 4)))
    assert points(window) is before


def test_the_spray_goes_on_for_as_long_as_the_button_is_held(
        window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    before = points(window)
    pad.bar.buttons["spray"].click()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(surface, left, none, pixel(surface, (0, 4)))
    qtbot.waitUntil(lambda: len(surface.shown) > len(before) + 20)
    QTest.mouseRelease(surface, left, none, pixel(surface, (0, 4)))
    new = added(window, before)
    centre = surface.plane.place(QPointF(pixel(surface, (0, 4))))
    assert max(math.dist(spot[:2], centre) for spot in new) <= surface.radius + 1e-3
    assert window.context.history.undo_label == f"Spray {len(new):,} points"


def test_a_click_puts_one_point_exactly_there(window: MainWindow, pad: Pad, surface: Surface) -> None:
    before = points(window)
    pad.bar.buttons["point"].click()
    stroke(surface, (1, 1))
    (x, y, label), = added(window, before)
    there = surface.plane.place(QPointF(pixel(surface, (1, 1))))
    assert (x, y, label) == (round(there[0], 4), round(there[1], 4), 0)
    assert window.context.history.undo_label == "Add a point"


def test_a_point_can_be_dragged_to_another_place(window: MainWindow, pad: Pad, surface: Surface) -> None:
    before = points(window)
    pad.bar.buttons["move"].click()
    stroke(surface, (3, 0), (3, 2), (4, 4))
    assert len(points(window)) == len(before)
    assert math.dist(points(window).points[2][:2], (4, 4)) < 0.1
    assert points(window).points[:2] == before.points[:2]
    assert window.context.history.undo_label == "Move a point"


def test_dragging_where_there_is_no_point_is_no_step(window: MainWindow, pad: Pad, surface: Surface) -> None:
    steps = window.context.history.steps
    pad.bar.buttons["move"].click()
    stroke(surface, (0, 4), (1, 4))
    assert window.context.history.steps == steps


def test_the_eraser_takes_away_what_it_touches(window: MainWindow, pad: Pad, surface: Surface) -> None:
    pad.bar.buttons["erase"].click()
    stroke(surface, (-3.2, 0), (-2, 1.2))
    assert points(window).points == ((3.0, 0.0, 1), (2.0, -1.0, 1))
    assert window.context.history.undo_label == "Erase 2 points"


def test_points_can_be_given_another_class(window: MainWindow, pad: Pad, surface: Surface) -> None:
    pad.bar.buttons["recolour"].click()
    pad.bar.swatches[1].click()
    stroke(surface, (-3, 0))
    assert points(window).points[0] == (-3.0, 0.0, 1)
    assert window.context.history.undo_label == "Recolour a point"


def test_the_pad_is_cleared_in_one_step_and_says_that_it_is_empty(window: MainWindow, pad: Pad) -> None:
    pad.bar.clear.click()
    assert not len(points(window))
    assert pad.count.text() == "No points yet"
    assert not pad.bar.clear.isEnabled()
    assert "Drawn: there are no points yet. Paint some on the pad in the Data panel." in [
        problem.text for problem in window.context.report.problems]
    window.context.history.undo()
    assert len(points(window)) == 4


def test_the_first_stroke_on_an_empty_pad_makes_the_network_trainable(
        window: MainWindow, pad: Pad, surface: Surface) -> None:
    pad.bar.clear.click()
    stroke(surface, (0, 0), (1, 0))
    assert window.context.report.ok


def test_points_are_scaled_to_fit(window: MainWindow, pad: Pad) -> None:
    pad.bar.fit.click()
    assert painting.bounds(points(window)) == ((-5, 5), (-1.6667, 1.6667))
    assert window.context.history.undo_label == "Scale the points to fit"


def test_size_and_density_change_the_brush(window: MainWindow, pad: Pad, surface: Surface) -> None:
    before = points(window)
    stroke(surface, (0, 4))
    usual = len(added(window, before))
    window.context.history.undo()
    pad.bar.density_slider.setValue(10)
    stroke(surface, (0, 4))
    assert len(added(window, before)) > usual
    radius = surface.radius
    pad.bar.size_slider.setValue(20)
    assert surface.radius > 2 * radius


def test_a_key_chooses_a_tool(pad: Pad, surface: Surface) -> None:
    for key, tool in (("S", "spray"), ("P", "point"), ("M", "move"), ("R", "recolour"), ("E", "erase"), ("B", "brush")):
        surface.setFocus()
        QTest.keyClick(surface, key)
        assert surface.tool.id == tool
        assert pad.bar.buttons[tool].isChecked()


def test_a_number_chooses_a_class(pad: Pad, surface: Surface) -> None:
    for number in reversed(range(6)):
        surface.setFocus()
        QTest.keyClick(surface, str(number + 1))
        assert surface.label == number
        assert pad.bar.swatches[number].isChecked()


def test_points_are_put_with_the_keyboard_alone(window: MainWindow, pad: Pad, surface: Surface) -> None:
    before, state = points(window), window.context.trainer.running
    surface.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_Space)
    for _ in range(4):
        QTest.keyClick(surface, Qt.Key.Key_Right)
    QTest.keyClick(surface, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(surface, Qt.Key.Key_Space)
    step = surface.plane.half / 20
    first, second = added(window, before)
    assert first[:2] == (0.0, 0.0)
    assert second[:2] == (pytest.approx(4 * step), pytest.approx(5 * step))
    assert window.context.trainer.running is state
    assert pad.where.text() == f"({4 * step:.2f}, {5 * step:.2f})"
    QTest.keyClick(surface, "E")
    QTest.keyClick(surface, Qt.Key.Key_Space)
    assert len(points(window)) == len(before) + 1


def test_the_place_under_the_pointer_is_written_down(pad: Pad, surface: Surface) -> None:
    QTest.mouseMove(surface, pixel(surface, (-2, 3)))
    x, y = surface.plane.place(QPointF(pixel(surface, (-2, 3))))
    assert pad.where.text() == f"({x:.2f}, {y:.2f})".replace("-", "−")


def test_too_many_points_are_refused_and_what_there_is_stays(window: MainWindow, pad: Pad, surface: Surface) -> None:
    full = painting.spray(PointSet(), (0, 0), 5, 19_999, 0, 1)
    window.context.edit("Fill", lambda doc: painting.with_points(doc, full))
    pad.bar.density_slider.setValue(10)
    pad.bar.size_slider.setValue(30)
    surface.plane = surface.plane.zoomed(0.3, surface.plane.area.center())
    stroke(surface, (15, 15))
    assert points(window) is full
    assert "room for 20,000 points" in window.context.notify.notices[-1].text


def test_training_goes_on_when_points_are_added(window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running and trainer.epoch > 20, timeout=10_000)
    stroke(surface, (-1, 4), (1, 4))
    seen = trainer.epoch
    qtbot.waitUntil(lambda: trainer.running and trainer.epoch > seen + 5, timeout=10_000)
    count = len(points(window))
    assert f"{count} samples" in trainer.data_summary
    assert not [notice for notice in window.context.notify.notices if "anew" in notice.text]
    trainer.toggle()
    qtbot.waitUntil(lambda: not trainer.running, timeout=10_000)


def test_while_training_runs_it_follows_a_stroke_that_goes_on_and_that_is_one_step(
        window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    trainer, before, steps = window.context.trainer, points(window), len(window.context.history.steps)
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running, timeout=10_000)
    pad.bar.buttons["spray"].click()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(surface, left, none, pixel(surface, (0, 4)))
    qtbot.waitUntil(lambda: len(points(window)) > len(before), timeout=10_000)
    assert surface.stroke is not None
    QTest.mouseRelease(surface, left, none, pixel(surface, (0, 4)))
    assert points(window) is surface.points
    assert len(window.context.history.steps) == steps + 1
    window.context.history.undo()
    assert points(window) is before
    QTest.mousePress(surface, left, none, pixel(surface, (0, 4)))
    qtbot.waitUntil(lambda: len(points(window)) > len(before), timeout=10_000)
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert points(window) is before
    QTest.mouseRelease(surface, left, none, pixel(surface, (0, 4)))
    trainer.toggle()
    qtbot.waitUntil(lambda: not trainer.running, timeout=10_000)


def test_undo_in_the_middle_of_a_stroke_takes_back_that_stroke_only(
        window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    stroke(surface, (-1, -4), (1, -4))
    before, steps = points(window), len(window.context.history.steps)
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running, timeout=10_000)
    pad.bar.buttons["spray"].click()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(surface, left, none, pixel(surface, (0, 4)))
    qtbot.waitUntil(lambda: len(points(window)) > len(before), timeout=10_000)
    window.context.history.undo()
    assert points(window) is before
    assert surface.stroke is None
    assert window.context.history.present == steps - 1
    QTest.mouseRelease(surface, left, none, pixel(surface, (0, 4)))
    assert points(window) is before
    trainer.toggle()
    qtbot.waitUntil(lambda: not trainer.running, timeout=10_000)


def test_home_brings_all_points_into_view(window: MainWindow, pad: Pad, surface: Surface) -> None:
    surface.plane = surface.plane.zoomed(50, surface.plane.area.center())
    assert not surface.plane.sees(points(window))
    surface.setFocus()
    QTest.keyClick(surface, Qt.Key.Key_Home)
    assert surface.plane.sees(points(window))


def test_undoing_a_stroke_keeps_what_was_learned_since(
        window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    stroke(surface, (-1, 4), (1, 4))
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running and trainer.epoch > 20, timeout=10_000)
    seen = trainer.epoch
    window.context.history.undo()
    qtbot.waitUntil(lambda: trainer.running and " 4 samples" in trainer.data_summary, timeout=10_000)
    assert trainer.epoch >= seen
    trainer.toggle()
    qtbot.waitUntil(lambda: not trainer.running, timeout=10_000)


def test_the_boundary_is_painted_behind_the_points_over_all_that_is_seen(
        window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: surface.has_boundary, timeout=10_000)
    assert pad._boundary is not None
    assert pad._boundary.x == pytest.approx(surface.plane.x, abs=0.02)
    assert pad._boundary.y == pytest.approx(surface.plane.y, abs=0.02)
    window.context.edit("Delete", lambda doc: edits.remove_nodes(doc, ["output"]))
    assert not surface.has_boundary


def test_a_third_class_offers_beside_the_pad_to_mend_the_network(
        window: MainWindow, pad: Pad, surface: Surface, qtbot: QtBot) -> None:
    panel = window.panels["pad"]
    assert isinstance(panel, PadPanel)
    assert panel.notices.isHidden()
    pad.bar.swatches[2].click()
    stroke(surface, (0, 4), (1, 4))
    assert panel.notices.isVisible()
    qtbot.waitUntil(lambda: bool(panel.notices.buttons))
    panel.notices.buttons[0].click()
    assert window.context.report.ok
    assert panel.notices.isHidden()


def test_a_hidden_pad_asks_for_nothing(window: MainWindow, pad: Pad) -> None:
    assert pad.requests()
    window.docks.docks["pad"].close()
    QApplication.processEvents()
    assert pad.requests() == ()


def test_other_data_are_taken_over_by_drawing_on_top(window: MainWindow, qtbot: QtBot) -> None:
    window.context.history.restart(chain(dense(4), dense(1), source={"kind": "moons", "params": {"samples": 90}}))
    window.docks.show("pad")
    panel = window.panels["pad"]
    assert isinstance(panel, PadPanel)
    assert panel.on_top.text() == "Draw on top of Moons"
    panel.on_top.click()
    qtbot.waitUntil(lambda: panel.pad.drawn)
    assert len(points(window)) == 90
    assert panel.pad.surface.plane.sees(points(window))
    assert window.context.history.undo_label == "Draw on top of Moons"
    window.context.history.undo()
    assert not panel.pad.drawn


def test_data_that_are_no_plane_offer_an_empty_pad_only(window: MainWindow) -> None:
    window.context.history.restart(chain(dense(3), source="iris"))
    window.docks.show("pad")
    QApplication.processEvents()
    panel = window.panels["pad"]
    assert isinstance(panel, PadPanel)
    assert panel.on_top.isHidden()
    panel.empty.click()
    assert panel.pad.drawn
    assert not len(points(window))


def test_a_right_click_on_the_boundary_takes_its_points_to_the_pad(
        window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    window.context.history.restart(chain(dense(4), dense(1), source="xor"))
    window.docks.show("boundary")
    QApplication.processEvents()
    panel = window.panels["boundary"]
    assert isinstance(panel, BoundaryPanel)
    qtbot.waitUntil(lambda: not panel.board.empty)
    view = panel.board.view
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, view.rect().center(),
                              view.mapToGlobal(view.rect().center()))
    QApplication.sendEvent(view.viewport(), event)
    assert texts(shown[-1])[0] == "Draw Points Here"
    shown[-1].actions()[0].trigger()
    shown[-1].deleteLater()
    qtbot.waitUntil(lambda: window.context.document.data["source"].kind == "drawn")
    assert len(points(window)) == 4
    assert window.docks.docks["pad"].isVisible()


def test_the_pad_follows_the_theme(window: MainWindow, pad: Pad, surface: Surface) -> None:
    window.context.theme.set_mode("dark")
    try:
        corner = surface.grab().toImage().pixelColor(surface.plane.area.topLeft().toPoint())
        assert corner.lightness() < 100
        assert window.context.theme.tokens is DARK
    finally:
        window.context.theme.set_mode("light")
