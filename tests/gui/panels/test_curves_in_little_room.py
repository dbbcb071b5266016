"""Curves where little room is left: what waits for it, numbers on axes, names of earlier runs, names of columns."""
from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.train.past import Past
from core.train.series import Series, epoch_series
from gui.context import AppContext
from gui.curves.choices import More
from gui.main_window import MainWindow
from gui.panels.curves import CurvesPanel
from gui.plots import numbers
from gui.plots.axis import OFF, Axis
from gui.plots.chart import Chart
from tests.gui.panels._run import shown


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, series: Series) -> CurvesPanel:
    return shown(qtbot, CurvesPanel, context, 300, 240)


def add(held: Series, losses: list[float], rates: list[float]) -> None:
    for loss, rate in zip(losses, rates, strict=True):
        epoch = len(held) + 1.0
        held.add((epoch, 10 * epoch, loss, 1 - loss / 2, loss + 0.1, 0.5, rate, 0.25 * epoch, 2 * loss))


def past(context: AppContext, losses: list[float], *, left: bool = False, **training: object) -> Past:
    held = epoch_series()
    rate = float(training.get("learning_rate", context.document.training["learning_rate"]))  # type: ignore[arg-type]
    add(held, losses, [rate] * len(losses))
    return Past(edits.set_training(context.document, training), held.since(0), left)


def labels(chart: Chart) -> list[str]:
    """What stands beside a chart, of those numbers for which there is room."""
    axis = chart.left
    [(step, places)] = axis.tickValues(*chart.plot.vb.viewRange()[1], chart.plot.vb.height())
    metrics, room = axis._metrics(), axis.width() - OFF
    return [text for text in axis.tickStrings(places, 1.0, step) if metrics.horizontalAdvance(text) <= room]


def test_what_is_chosen_without_room_is_told_and_the_newest_choice_is_seen(
        panel: CurvesPanel, series: Series, qtbot: QtBot) -> None:
    add(series, [0.9, 0.5], [0.1, 0.1])
    panel.on_tick()
    assert panel.more.isHidden()
    for name in ("learning_rate", "gradient_norm", "score"):
        panel.choose(name)
    panel.choose("score")
    panel.resize(300, 150)
    qtbot.waitUntil(lambda: len(panel.placed) < len(panel.charts))
    waiting = [chart.title for chart in panel.charts if chart not in panel.placed]
    assert panel.placed[-1].title == "Accuracy"
    assert not panel.more.isHidden()
    assert panel.more.texts[0] == f"{len(waiting)} more: make the view higher"
    assert all(title in panel.more.toolTip() for title in waiting)
    panel.resize(300, 700)
    qtbot.waitUntil(lambda: len(panel.placed) == len(panel.charts))
    assert panel.more.isHidden()


def test_the_words_about_what_waits_fit_the_room(qtbot: QtBot, context: AppContext) -> None:
    more = More()
    qtbot.addWidget(more)
    more.say(["Loss", "F1"])
    for width, text in ((400, "2 more: make the view higher"), (60, "2 more"), (24, "+2")):
        more.resize(width, 22)
        assert more.text == text
        more.grab()


def test_the_learning_rate_is_told_and_drawn_as_it_is(panel: CurvesPanel, series: Series) -> None:
    panel.choose("learning_rate")
    add(series, [0.9] * 6, [1.0, 1.0, 1.0, 0.1, 0.1, 0.1])
    panel.on_tick()
    panel.smoothing.setValue(90)
    rate = next(chart for chart in panel.charts if chart.title == "Learning rate")
    assert panel.loss.smooth[0].weight == 0.9
    assert rate.smooth[0].weight == 0.0
    assert rate.caption.readings[0].value == "0.1000"
    exported = panel.exports()
    assert exported is not None
    assert not any("learning_rate (smoothed" in name for name in exported.table()[0])


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.003, 0.001, 0.5, 3e-4])
@pytest.mark.parametrize("height", [150, 250, 420])
def test_a_constant_learning_rate_has_numbers_that_tell_its_size(
        panel: CurvesPanel, series: Series, qtbot: QtBot, rate: float, height: int) -> None:
    for name in ("learning_rate", "score", "loss"):
        panel.choose(name)
    add(series, [0.9, 0.8, 0.7], [rate] * 3)
    panel.resize(300, height)
    panel.on_tick()
    qtbot.wait(10)
    (chart,) = panel.placed
    found = [float(text.replace(numbers.MINUS, "-")) for text in labels(chart)]
    assert len(found) >= 2
    assert max(found) == pytest.approx(rate, rel=0.5)


@pytest.mark.parametrize("value", [0.01, 0.0105, 3e-4, 0.5, 12.0])
@pytest.mark.parametrize("width", [0.5, 0.2, 0.02, 0.004])
def test_no_two_numbers_of_an_axis_are_alike(context: AppContext, value: float, width: float) -> None:
    axis = Axis("left")
    low, high = value * (1 - width), value * (1 + width)
    [(step, places)] = axis.tickValues(low, high, 170.0)
    texts = axis.tickStrings(places, 1.0, step)
    assert len(set(texts)) == len(texts) >= 2
    np.testing.assert_allclose([float(text.replace(numbers.MINUS, "-")) for text in texts], places, atol=1e-6 * step)


@pytest.mark.parametrize(("values", "step", "texts"), [
    ([0.009, 0.0095, 0.01], 5e-4, ["0.0090", "0.0095", "0.0100"]), ([0.009, 0.01], 1e-3, ["0.009", "0.010"]),
    ([0.0, 5e-4, 1e-3], 5e-4, ["0.00", "0.0005", "0.0010"]), ([0.0, 2e-4, 4e-4], 2e-4, ["0.00", "2e−4", "4e−4"]),
    ([9.5e-4, 9e-4], 5e-5, ["9.5e−4", "9.0e−4"]), ([0.0, 10_000.0], 1e4, ["0", "10k"]),
])
def test_numbers_of_an_axis_share_a_notation(values: list[float], step: float, texts: list[str]) -> None:
    assert numbers.labels(values, step) == texts


def test_accuracy_is_told_in_per_cent_with_the_digits_that_tell_it_apart(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.06, 0.055, 0.05], [0.1] * 3)
    panel.on_tick()
    axis = panel.score.left
    assert axis.tickStrings([0.0, 0.5, 1.0], 1.0, 0.5) == ["0", "50", "100"]
    assert axis.tickStrings([0.97, 0.972, 0.974], 1.0, 0.002) == ["97.0", "97.2", "97.4"]


def test_seconds_of_a_short_run_are_told_apart(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8], [0.1] * 2)
    panel.on_tick()
    panel.set_axis("seconds")
    assert panel.loss.bottom.tickStrings([0.0, 0.2, 0.4], 1.0, 0.2) == ["0.0", "0.2", "0.4"]
    panel.set_axis("epoch")
    assert panel.loss.bottom.tickStrings([0.0, 5000.0], 1.0, 5000.0) == ["0", "5,000"]


def test_charts_below_each_other_begin_at_the_same_place(panel: CurvesPanel, series: Series, qtbot: QtBot) -> None:
    for name in ("learning_rate", "score"):
        panel.choose(name)
    add(series, [0.9, 0.8], [0.003] * 2)
    panel.resize(300, 500)
    panel.on_tick()
    qtbot.waitUntil(lambda: len({chart.left.width() for chart in panel.placed}) == 1)
    assert len(panel.placed) == 2
    assert panel.loss.left.width() > 34


def test_earlier_runs_are_named_in_few_letters_and_told_in_full(panel: CurvesPanel, series: Series) -> None:
    trainer = panel.context.trainer
    trainer.left_behind.emit(past(panel.context, [0.5], learning_rate=0.25))
    trainer.left_behind.emit(past(panel.context, [0.5] * 1234, left=True))
    trainer.left_behind.emit(past(panel.context, [0.5]))
    assert [chip.run.short for chip in panel.legend.chips] == ["same settings", "left at epoch 1,234", "lr 0.25"]
    assert "learning rate 0.25" in panel.legend.chips[2].toolTip()
    assert "Left at epoch 1,234" in panel.legend.chips[1].toolTip()
    wide = panel.legend.chips[2].sizeHint().width()
    assert 2 * wide < 205 - 44


def test_of_runs_with_equal_settings_the_one_that_was_left_says_where(panel: CurvesPanel) -> None:
    trainer = panel.context.trainer
    trainer.left_behind.emit(past(panel.context, [0.5] * 3, left=True, seed=7))
    assert [run.label for run in panel.runs.all] == ["seed 7"]
    trainer.left_behind.emit(past(panel.context, [0.5] * 5, seed=7))
    assert [run.label for run in panel.runs.all] == ["seed 7, left at epoch 3", "seed 7"]


def test_columns_of_the_table_have_names_of_their_own(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8], [0.1] * 2)
    panel.on_tick()
    for losses in ([0.6, 0.5], [0.4, 0.3], [0.2, 0.1]):
        panel.context.trainer.left_behind.emit(past(panel.context, losses, seed=7))
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert len(set(names)) == len(names)
    for name, value in (("loss (seed 7)", 0.6), ("loss (seed 7) 2", 0.4), ("loss (seed 7) 3", 0.2)):
        assert rows[0][names.index(name)] == value


def test_a_run_that_was_left_by_going_back_is_named_so(window: MainWindow, qtbot: QtBot) -> None:
    panel, trainer = window.panels["curves"], window.context.trainer
    assert isinstance(panel, CurvesPanel)
    window.files.open_example("xor-mlp")
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    for epoch in (1, 2, 3):
        trainer.one_epoch()
        qtbot.waitUntil(lambda done=epoch: trainer.state == "paused" and trainer.epoch == done, timeout=20_000)
    trainer.go_back(trainer.moments[0])
    qtbot.waitUntil(lambda: len(panel.runs.all) == 1, timeout=20_000)
    assert panel.runs.all[0].label == "left at epoch 3"
    if trainer.running:
        trainer.toggle()
    qtbot.waitUntil(lambda: not trainer.running, timeout=20_000)


def test_on_an_empty_canvas_nobody_is_told_to_train(window: MainWindow) -> None:
    window.files.new()
    assert window.panels["curves"].board.message.text().startswith("Build a network")
