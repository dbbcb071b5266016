"""What the crosshair of the curves reads of earlier runs, and their table with smoothed lines."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.train.past import Past
from core.train.series import Series, epoch_series
from gui.context import AppContext
from gui.curves.invitation import BEGUN, EMPTY
from gui.main_window import MainWindow
from gui.panels.curves import CurvesPanel
from gui.plots.caption import HEIGHT, Caption, Reading
from gui.plots.chart import Chart
from tests.gui.panels._run import shown

Cells = list[list[float | str]]


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, series: Series) -> CurvesPanel:
    return shown(qtbot, CurvesPanel, context, 900, 320)


def add(held: Series, losses: list[float], *, validated: bool = True) -> None:
    for loss in losses:
        epoch = len(held) + 1.0
        held.add((epoch, 10 * epoch, loss, 1 - loss, loss + 0.1 if validated else np.nan, np.nan, 0.1, 0.25 * epoch,
                  2 * loss))


def past(context: AppContext, losses: list[float], **training: object) -> Past:
    held = epoch_series()
    add(held, losses)
    return Past(edits.set_training(context.document, training), held.since(0))


def table(panel: CurvesPanel) -> tuple[list[str], Cells]:
    exported = panel.exports()
    assert exported is not None
    return exported.table()


def painted(caption: Caption, width: int, readings: list[Reading]) -> QImage:
    caption.say("Loss, epoch 2", readings)
    caption.resize(width, HEIGHT)
    image = QImage(width, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(caption.tokens.plot))
    painter = QPainter(image)
    caption.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def point(panel: CurvesPanel, chart: Chart, x: float) -> None:
    panel.board.hovered.emit(chart.plot.vb.mapViewToScene(QPointF(x, chart.plot.vb.viewRange()[1][1] / 2)))


def test_the_crosshair_reads_earlier_runs_too(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8])
    panel.on_tick()
    panel.context.trainer.left_behind.emit(past(panel.context, [0.61, 0.52, 0.43], seed=7))
    panel.context.trainer.left_behind.emit(past(panel.context, [0.35, 0.25], seed=8))
    older, newer = panel.runs.all
    point(panel, panel.loss, 2.2)
    tokens = panel.context.theme.tokens
    read = [(reading.colour, reading.value) for reading in panel.loss.caption.readings]
    assert read[:2] == [(older.colour(tokens), "0.5200 / 0.6200"), (newer.colour(tokens), "0.2500 / 0.3500")]
    assert read[2] == ("", "0.8000")
    older.shown = False
    panel.runs.changed.emit()
    assert [r.value for r in panel.loss.caption.readings if r.colour] == ["0.2500 / 0.3500"]
    panel.board.hovered.emit(None)
    assert not any(reading.colour for reading in panel.loss.caption.readings)


def test_beyond_the_present_run_the_crosshair_goes_on_along_the_earlier_ones(
        panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8])
    panel.on_tick()
    for number, length in ((7, 5), (8, 2)):
        panel.context.trainer.left_behind.emit(past(panel.context, [1 / (1 + n) for n in range(length)], seed=number))
    panel.smoothing.setValue(30)
    point(panel, panel.loss, 4.1)
    assert panel.loss.caption.title == "Loss, epoch 4"
    assert panel.loss.cross.value() == 4.0
    assert [reading.value for reading in panel.loss.caption.readings][:3] == ["0.2500 / 0.3500", "– / –", "–"]


def test_earlier_runs_take_only_the_room_that_the_present_one_leaves(qtbot: QtBot, context: AppContext) -> None:
    own = [Reading("0.8000", "train", "train", "0.0000"), Reading("0.7000", "validation", "validation", "0.0000")]
    others = [Reading("0.5000 / 0.6000", widest="0.0000 / 0.0000", colour=colour) for colour in ("#804020", "#208040")]
    caption = Caption(context.theme.tokens)
    tokens, counts = caption.tokens, []
    for width in range(100, 700, 5):
        alone, together = colours(painted(caption, width, own)), colours(painted(caption, width, [*others, *own]))
        counts.append(len(together & {"#804020", "#208040"}))
        assert {tokens.train, tokens.validation} <= together
        # Those of the present run are not cut down to digits in colours for the sake of others.
        assert (tokens.text in together) == (tokens.text in alone)
    assert counts == sorted(counts)
    assert set(counts) == {0, 1, 2}


def test_the_table_holds_the_smoothed_lines_as_they_are_drawn(panel: CurvesPanel, series: Series) -> None:
    values = np.random.default_rng(2).random(30).tolist()
    add(series, values, validated=False)
    panel.on_tick()
    assert not any("smoothed" in name for name in table(panel)[0])
    panel.smoothing.setValue(60)
    panel.set_axis("step")
    names, rows = table(panel)
    expected, mean = [], 0.0
    for count, value in enumerate(values, 1):
        mean = 0.6 * mean + 0.4 * value
        expected.append(mean / (1 - 0.6**count))
    np.testing.assert_allclose([row[names.index("loss (smoothed 0.60)")] for row in rows], expected, rtol=1e-9)
    assert [row[names.index("loss")] for row in rows] == values
    assert not any("validation_loss (smoothed" in name for name in names)


def test_smoothed_lines_of_many_epochs_stand_in_the_table_at_the_ends_of_their_runs(
        panel: CurvesPanel, series: Series) -> None:
    add(series, np.random.default_rng(1).random(2500).tolist())
    panel.smoothing.setValue(50)
    panel.on_tick()
    names, rows = table(panel)
    place = names.index("loss (smoothed 0.50)")
    there = [(row[0], row[place]) for row in rows if row[place] != ""]
    x, y = panel.loss.smooth[0].points()
    assert there == list(zip(x.tolist(), y.tolist(), strict=True))
    assert 500 < len(there) < len(rows)


def test_while_somebody_looks_back_the_numbers_are_of_then(panel: CurvesPanel, series: Series) -> None:
    add(series, [0.9, 0.8, 0.7])
    panel.on_tick()
    panel.context.trainer.view(19)
    assert panel.loss.caption.title == "Loss, epoch 2"
    assert [reading.value for reading in panel.loss.caption.readings] == ["0.8000", "0.9000"]
    assert not panel.loss.cross.isVisible()
    point(panel, panel.loss, 2.9)
    assert panel.loss.caption.readings[0].value == "0.7000"
    panel.board.hovered.emit(None)
    assert panel.loss.caption.title == "Loss, epoch 2"
    panel.context.trainer.view(None)
    assert panel.loss.caption.title == "Loss"
    assert panel.loss.caption.readings[0].value == "0.7000"


def test_in_the_middle_of_the_first_epoch_it_says_that_this_has_begun(window: MainWindow, qtbot: QtBot) -> None:
    panel, trainer = window.panels["curves"], window.context.trainer
    window.files.open_example("spiral")
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    assert panel.board.message.text() == EMPTY
    trainer.step()
    qtbot.waitUntil(lambda: trainer.state == "paused" and trainer.step_count == 1, timeout=10_000)
    assert panel.board.message.text() == BEGUN
    trainer.reset()
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    assert panel.board.message.text() == EMPTY
