"""What else the curves show: other quantities, smoothing, a closer look, marks, earlier runs."""
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.io import examples
from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.past import Past
from core.train.probes import answer
from core.train.probes.metric import MetricCurve
from core.train.request import Request
from core.train.series import EPOCHS, Series, epoch_series
from core.train.session import Session
from gui.context import AppContext
from gui.curves.grid import columns_for
from gui.curves.runs import KEPT
from gui.panels.curves import CurvesPanel
from gui.plots.chart import Chart
from gui.trainer import Trainer
from tests.gui.panels._run import look, shown


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, series: Series) -> CurvesPanel:
    return shown(qtbot, CurvesPanel, context, 700, 320)


def add(held: Series, losses: list[float], *, rate: float = 0.1) -> None:
    for loss in losses:
        epoch = len(held) + 1.0
        held.add((epoch, 10 * epoch, loss, 1 - loss, loss + 0.1, 0.5, rate, 0.25 * epoch, 2 * loss))


def past(context: AppContext, losses: list[float], **training: object) -> Past:
    held = epoch_series()
    add(held, losses, rate=context.document.training["learning_rate"])
    return Past(edits.set_training(context.document, training), held.since(0))


def y_of(chart: Chart, line: int = 0) -> list[float]:
    return chart.curves[line].getData()[1].tolist()


def test_chosen_quantities_of_the_run_are_drawn_with_its_numbers(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.7, 0.4])
    panel.on_tick()
    panel.choose("gradient_norm")
    assert [chart.title for chart in panel.charts] == ["Loss", "Accuracy", "Gradient norm"]
    assert y_of(panel.charts[2]) == [1.8, 1.4, 0.8]
    add(series, [0.2])
    panel.on_tick()
    assert y_of(panel.charts[2]) == [1.8, 1.4, 0.8, 0.4]
    panel.choose("score")
    assert [chart.title for chart in panel.charts] == ["Loss", "Gradient norm"]


def test_one_quantity_always_stays(panel: CurvesPanel) -> None:
    for name in ("loss", "score"):
        panel.choose(name)
    assert panel.chosen == ["score"]


@pytest.mark.parametrize(("axis", "factor"), [("epoch", 1.0), ("step", 10.0), ("seconds", 0.25)])
def test_it_draws_over_epochs_steps_or_seconds(panel: CurvesPanel, series: Series, axis: str, factor: float) -> None:
    add(series, [0.9, 0.7])
    panel.on_tick()
    panel.set_axis(axis)
    assert panel.loss.curves[0].getData()[0].tolist() == [factor, 2 * factor]
    assert y_of(panel.loss) == [0.9, 0.7]


def test_smoothing_puts_the_moving_average_before_the_faint_line(panel: CurvesPanel, series: Series) -> None:
    values = np.random.default_rng(1).random(60).tolist()
    add(series, values)
    panel.on_tick()
    panel.smoothing.setValue(60)
    mean, expected = 0.0, []
    for count, value in enumerate(values, 1):
        mean = 0.6 * mean + 0.4 * value
        expected.append(mean / (1 - 0.6**count))
    np.testing.assert_allclose(panel.loss.smooth[0].getData()[1], expected, rtol=1e-9)
    assert y_of(panel.loss) == values
    assert panel.loss.caption.readings[0].value == f"{expected[-1]:.4f}"
    ink = panel.loss.curves[0].opts["pen"].color().name()
    assert ink != panel.loss.smooth[0].opts["pen"].color().name()
    panel.smoothing.setValue(0)
    assert not panel.loss.smooth[0].isVisible()


def test_of_many_epochs_the_average_is_of_the_means_of_equal_runs(panel: CurvesPanel, series: Series) -> None:
    values = np.random.default_rng(1).random(3000)
    rows = np.zeros((3000, len(EPOCHS)))
    rows[:, 0], rows[:, EPOCHS.index("loss")] = np.arange(1, 3001), values
    panel.smoothing.setValue(1)
    for start in (0, 700, 1500):
        series.add_all(rows[start : {0: 700, 700: 1500}.get(start, 3000)])
        panel.on_tick()
    x, y = panel.loss.smooth[0].points()
    assert x.tolist() == list(range(4, 3001, 4))
    np.testing.assert_allclose(y, values.reshape(-1, 4).mean(axis=1), atol=0.02)


def view_of(chart: Chart) -> list[list[float]]:
    found: list[list[float]] = chart.plot.vb.viewRange()
    return found


def test_the_wheel_looks_closer_and_new_numbers_do_not_move_the_view(
        panel: CurvesPanel, series: Series, qtbot: QtBot) -> None:
    add(series, np.linspace(1.0, 0.1, 100).tolist())
    panel.on_tick()
    qtbot.wait(20)
    port = panel.board.view.viewport()
    at = panel.board.view.mapFromScene(panel.loss.plot.vb.mapViewToScene(QPointF(50.0, 0.5)))
    turn = QWheelEvent(QPointF(at), QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
                       Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(port, turn)
    (left, right), (low, high) = view_of(panel.loss)
    assert left > 5
    assert right < 95
    assert left < 50 < right
    assert low < 0.5 < high < 1.0
    assert view_of(panel.score)[0] == [left, right]
    add(series, [5.0, 6.0])
    panel.on_tick()
    assert view_of(panel.loss) == [[left, right], [low, high]]
    assert not panel.whole.isHidden()
    QTest.mouseClick(panel.whole, Qt.MouseButton.LeftButton)
    assert view_of(panel.loss)[0][0] == 0.0
    assert view_of(panel.loss)[1][1] >= 6.0
    assert panel.whole.isHidden()


def test_a_region_that_is_dragged_out_fills_the_chart_until_a_double_click(
        panel: CurvesPanel, series: Series, qtbot: QtBot) -> None:
    add(series, np.linspace(1.0, 0.1, 100).tolist())
    panel.on_tick()
    qtbot.wait(20)
    port, box = panel.board.view.viewport(), panel.loss.plot.vb
    a, b = (panel.board.view.mapFromScene(box.mapViewToScene(QPointF(x, y))) for x, y in ((20, 0.9), (60, 0.3)))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=a)
    QTest.mouseMove(port, b)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=b)
    (left, right), (low, high) = view_of(panel.loss)
    assert (left, right) == (pytest.approx(20, abs=1), pytest.approx(60, abs=1))
    assert (low, high) == (pytest.approx(0.3, abs=0.02), pytest.approx(0.9, abs=0.02))
    QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=a)
    assert view_of(panel.loss)[0][0] == 0.0


def test_a_closer_look_draws_every_point_there(panel: CurvesPanel, series: Series) -> None:
    values = np.random.default_rng(2).random(5000)
    add(series, values.tolist())
    panel.on_tick()
    assert len(y_of(panel.loss)) < 1500
    panel._look_closer((1000.0, 1050.0), panel.loss, None)
    x, y = panel.loss.curves[0].getData()
    np.testing.assert_array_equal(x, np.arange(999, 1052))
    np.testing.assert_array_equal(y, values[998:1051])


def test_what_happened_is_marked_and_told_at_the_pointer(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.5, 0.3, 0.6])
    add(series, [0.7] * 6, rate=0.03)
    series.note(7, "edited", "Changed after epoch 7: seed 2.")
    panel.on_tick()
    marks = next(marks for chart, marks in panel._all.values() if chart is panel.loss)
    assert [(x, mark.kind) for x, mark in marks.placed] == [(3.0, "best"), (4.0, "rate"), (7.0, "edited")]
    panel.board.hovered.emit(panel.loss.plot.vb.mapViewToScene(QPointF(4.0, 0.5)))
    assert panel.board.view.toolTip() == "Learning rate 0.1 → 0.03, from epoch 5 on."
    panel.board.hovered.emit(None)
    assert panel.board.view.toolTip() == ""
    panel.grab()


def test_earlier_runs_are_faint_lines_with_their_own_numbers(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8])
    panel.on_tick()
    panel.context.trainer.left_behind.emit(past(panel.context, [0.6, 0.5, 0.4], seed=7))
    (chip,) = panel.legend.chips
    assert chip.run.label == "seed 7"
    train_line, validation = panel.loss.others
    assert train_line.getData()[1].tolist() == [0.6, 0.5, 0.4]
    np.testing.assert_allclose(validation.getData()[1], [0.7, 0.6, 0.5])
    assert view_of(panel.loss)[0][1] > 3.0
    chip.click()
    assert panel.loss.others == []
    chip.click()
    assert len(panel.loss.others) == 2
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert panel.loss.others == []
    assert panel.legend.isHidden()


def test_the_newest_runs_are_kept_and_clear_removes_all(panel: CurvesPanel) -> None:
    panel.hide()
    for seed in range(1, KEPT + 3):
        panel.context.trainer.left_behind.emit(past(panel.context, [0.5], seed=seed))
    assert [run.label for run in panel.runs.all] == [f"seed {seed}" for seed in range(3, KEPT + 3)]
    assert len({run.slot for run in panel.runs.all}) == KEPT
    panel.legend.clear.click()
    assert panel.runs.all == []


def test_the_legend_follows_the_document(panel: CurvesPanel) -> None:
    context = panel.context
    context.trainer.left_behind.emit(past(context, [0.5]))
    assert panel.legend.chips[0].run.label == "same settings"
    context.edit("Seed", lambda doc: edits.set_training(doc, {"seed": 4}))
    assert panel.legend.chips[0].run.label == "seed 0"


def test_while_somebody_looks_back_a_line_stands_at_that_moment(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8, 0.7])
    panel.on_tick()
    panel.context.trainer.view(15)
    assert panel.loss.cursor.isVisible()
    assert panel.loss.cursor.value() == pytest.approx(1.5)
    panel.context.trainer.view(None)
    assert not panel.loss.cursor.isVisible()


def test_a_metric_that_is_chosen_late_shows_its_whole_course(
        qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(examples.load("spiral"))
    session.moments = Moments(session)
    session.change(epochs=2)
    list(train(session, Control()))
    monkeypatch.setattr(Trainer, "series", property(lambda self: session.series))
    context.report = replace(context.report, spec=session.parts.spec)
    panel = shown(qtbot, CurvesPanel, context, 700, 320)
    assert panel.requests() == ()
    panel.on_tick()
    panel.choose("metric.f1")
    for _ in range(300):
        look(panel, session)
        if all(curve.whole for curve in panel.measured.found.values()):
            break
    chart = panel.charts[2]
    assert chart.title == "F1"
    for line, part in enumerate(("train", "validation")):
        found = answer(session, Request.of("metric", metric="f1", part=part))
        assert isinstance(found, MetricCurve)
        assert found.whole
        np.testing.assert_array_equal(chart.curves[line].points()[1], found.points[:, 3])
        np.testing.assert_array_equal(chart.curves[line].points()[0], found.points[:, 0])
    panel.hide()
    assert panel.requests() == ()


def test_the_table_holds_all_lines_that_are_seen(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8])
    panel.on_tick()
    panel.context.trainer.left_behind.emit(past(panel.context, [0.6, 0.5, 0.4], seed=7))
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    place = names.index("loss (seed 7)")
    assert [row[place] for row in rows] == [0.6, 0.5, 0.4]
    assert [row[names.index("loss")] for row in rows] == [0.9, 0.8, ""]
    assert [row[0] for row in rows] == [1.0, 2.0, 3.0]
    assert math.isclose(float(rows[0][names.index("validation_loss (seed 7)")]), 0.7)


@pytest.mark.parametrize(("count", "width", "columns"), [(2, 200, 1), (1, 900, 1), (2, 500, 2), (3, 900, 3),
                                                         (4, 700, 2), (4, 1000, 4), (6, 800, 3)])
def test_charts_stand_in_even_rows(count: int, width: float, columns: int) -> None:
    assert columns_for(count, width) == columns
