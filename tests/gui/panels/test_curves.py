"""The curves panel draws the series of the run, row by row."""
from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.io import examples
from core.train.series import Series, epoch_series
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.panels.curves import CurvesPanel
from gui.theme.tokens import DARK
from gui.trainer import Trainer
from tests.gui.panels._run import shown

NAN = math.nan


@pytest.fixture
def series(monkeypatch: pytest.MonkeyPatch) -> list[Series]:
    """What the trainer gives as its series: the last of this list."""
    held: list[Series] = []
    monkeypatch.setattr(Trainer, "series", property(lambda self: held[-1] if held else None))
    return held


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, series: list[Series]) -> CurvesPanel:
    return shown(qtbot, CurvesPanel, context)


def add(held: Series, *losses: float, score: float = 0.5, validation: float = NAN) -> None:
    for loss in losses:
        epoch = len(held) + 1.0
        held.add((epoch, epoch, loss, score, validation, validation, 0.1, 0.0, 1.0))


def drawn(panel: CurvesPanel, line: int = 0) -> list[float]:
    y = panel.loss.curves[line].getData()[1]
    return [] if y is None else y.tolist()


def values(panel: CurvesPanel) -> list[str]:
    return [reading.value for reading in panel.loss.caption.readings]


def test_before_training_it_says_what_to_do(panel: CurvesPanel, series: list[Series]) -> None:
    panel.on_tick()
    assert panel.board.empty
    assert panel.board.message.text() == "Build a network to see here how well it learns."
    panel.context.edit("Draw", lambda doc: examples.load("xor-mlp"))
    assert "Space" in panel.board.message.text()
    series.append(epoch_series())
    panel.on_tick()
    assert panel.board.empty
    assert panel.exports() is None


def test_it_draws_what_the_run_appended_since_the_last_tick(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9, 0.8)
    panel.on_tick()
    assert drawn(panel) == [0.9, 0.8]
    add(series[-1], 0.7)
    panel.on_tick()
    assert drawn(panel) == [0.9, 0.8, 0.7]
    assert panel.loss.curves[0].getData()[0].tolist() == [1.0, 2.0, 3.0]
    assert not panel.board.empty


def test_a_tick_without_new_rows_draws_nothing(panel: CurvesPanel, series: list[Series],
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9)
    panel.on_tick()
    calls: list[int] = []
    monkeypatch.setattr(panel, "_draw", lambda: calls.append(1))
    panel.on_tick()
    assert not calls


def test_a_new_series_starts_from_nothing(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9, 0.8)
    panel.on_tick()
    series.append(epoch_series())
    panel.on_tick()
    assert drawn(panel) == []
    assert panel.board.empty
    add(series[-1], 0.3)
    panel.on_tick()
    assert drawn(panel) == [0.3]


def test_without_a_session_it_is_empty_again(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9)
    panel.on_tick()
    series.clear()
    panel.on_tick()
    assert panel.board.empty
    assert panel.exports() is None


def test_the_newest_values_are_written_with_fixed_digits(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.5, 0.12341, validation=0.25)
    panel.on_tick()
    assert values(panel) == ["0.1234", "0.2500"]
    assert [r.name for r in panel.loss.caption.readings] == ["train", "validation"]
    assert [r.value for r in panel.score.caption.readings] == ["50.0 %", "25.0 %"]


def test_without_validation_there_is_one_line(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.5)
    panel.on_tick()
    assert values(panel) == ["0.5000"]


def test_without_accuracy_the_loss_has_the_room_for_itself(panel: CurvesPanel, series: list[Series],
                                                           qtbot: QtBot) -> None:
    series.append(epoch_series())
    add(series[-1], 0.5, 0.4, score=NAN)
    panel.on_tick()
    assert panel.score.plot not in panel.board.layout_item.items
    assert panel.loss.bottom.isVisible()
    add(series[-1], 0.3, score=0.9)
    panel.on_tick()
    assert panel.score.plot in panel.board.layout_item.items


def test_wide_panels_have_the_charts_side_by_side(panel: CurvesPanel, series: list[Series], qtbot: QtBot) -> None:
    series.append(epoch_series())
    add(series[-1], 0.5, 0.4)
    panel.on_tick()
    panel.resize(320, 220)
    qtbot.wait(20)
    above, below = (chart.plot.sceneBoundingRect() for chart in panel.charts)
    assert above.bottom() < below.top()
    panel.resize(700, 220)
    qtbot.wait(20)
    left, right = (chart.plot.sceneBoundingRect() for chart in panel.charts)
    assert left.right() < right.left()
    assert left.width() == pytest.approx(right.width(), abs=2)


def test_a_loss_that_is_not_a_number_leaves_a_gap_and_a_dash(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.5, NAN, 0.3, math.inf)
    panel.on_tick()
    assert [math.isfinite(y) for y in drawn(panel)] == [True, False, True, False]
    assert values(panel) == ["–"]
    panel.grab()


def test_nothing_but_nan_is_survived(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], NAN, NAN, score=NAN)
    panel.on_tick()
    panel.log.setChecked(True)
    panel.grab()
    assert values(panel) == []


def test_one_epoch_is_a_dot_inside_the_view(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.5)
    panel.on_tick()
    (left, right), (low, high) = panel.loss.plot.vb.viewRange()
    assert left < 1.0 < right
    assert low < 0.5 < high


def test_the_view_holds_all_values_and_starts_at_zero(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], *np.linspace(37.0, 2.0, 150))
    panel.on_tick()
    (left, right), (low, high) = panel.loss.plot.vb.viewRange()
    assert (left, low) == (0.0, 0.0)
    assert right >= 150
    assert 37.0 <= high <= 40.0


def test_on_a_logarithmic_scale_powers_of_ten_are_drawn(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 1.0, 0.1, 0.0, 0.01)
    panel.on_tick()
    panel.log.setChecked(True)
    np.testing.assert_allclose(drawn(panel), [0.0, -1.0, NAN, -2.0])
    assert panel.loss.plot.vb.viewRange()[1] == [-2.0, 0.0]
    assert panel.loss.left.tickStrings([-2.0, 0.0], 1.0, 1.0) == ["0.01", "1"]
    assert values(panel) == ["0.0100"]
    panel.log.setChecked(False)
    assert drawn(panel) == [1.0, 0.1, 0.0, 0.01]


def test_the_pointer_reads_an_epoch_on_both_charts(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9, 0.8, 0.7)
    panel.on_tick()
    panel.board.hovered.emit(panel.loss.plot.vb.mapViewToScene(QPointF(2.1, 0.5)))
    assert panel.loss.caption.title == "Loss, epoch 2"
    assert values(panel) == ["0.8000"]
    assert panel.score.caption.title == "Accuracy, epoch 2"
    assert panel.score.cross.isVisible()
    assert panel.score.cross.value() == 2.0
    panel.board.hovered.emit(None)
    assert panel.loss.caption.title == "Loss"
    assert not panel.loss.cross.isVisible()


def test_it_asks_the_run_for_nothing(panel: CurvesPanel) -> None:
    assert panel.requests() == ()


def test_the_theme_changes_colours_but_not_the_numbers(panel: CurvesPanel, series: list[Series],
                                                       context: AppContext) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9, 0.8)
    panel.on_tick()
    context.theme.set_mode("dark")
    try:
        assert panel.loss.curves[0].opts["pen"].color().name() == DARK.train
        assert panel.loss.curves[1].opts["pen"].color().name() == DARK.validation
        assert drawn(panel) == [0.9, 0.8]
    finally:
        context.theme.set_mode("light")


def test_the_table_is_the_series(panel: CurvesPanel, series: list[Series]) -> None:
    series.append(epoch_series())
    add(series[-1], 0.9, 0.8, validation=0.5)
    panel.on_tick()
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert names == list(series[-1].names)
    assert rows == series[-1].since(0).tolist()


def test_while_the_first_epoch_runs_it_does_not_ask_to_train(
        panel: CurvesPanel, series: list[Series], monkeypatch: pytest.MonkeyPatch) -> None:
    panel.context.edit("Draw", lambda doc: examples.load("xor-mlp"))
    monkeypatch.setattr(Trainer, "running", property(lambda self: True))
    panel.context.trainer.state_changed.emit(panel.context.trainer.state)
    assert "Space" not in panel.board.message.text()
    monkeypatch.setattr(Trainer, "running", property(lambda self: False))
    panel.context.trainer.state_changed.emit(panel.context.trainer.state)
    assert "Space" in panel.board.message.text()


def test_nobody_is_told_to_train_a_network_with_problems(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panels["curves"]
    window.files.open_example("xor-mlp")
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=20_000)
    assert "Press Space" in panel.board.message.text()
    window.context.edit("Clear", lambda doc: edits.remove_nodes(doc, [sorted(doc.nodes)[-1]]))
    assert "has problems" in panel.board.message.text()
    window.context.history.undo()
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=20_000)
    assert panel.board.message.text().startswith("Press Space")
