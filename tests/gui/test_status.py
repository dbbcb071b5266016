"""Readings and the line at the bottom say what is, in places that do not move."""
from __future__ import annotations

import math

import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Node
from core.train.events import Snapshot, SoFar
from gui import status
from gui.main_window import MainWindow
from gui.status import NOTHING, Rate, Reading, StatusLine, amount, duration, number


@pytest.mark.parametrize(("value", "text"), [
    (0.0, "0.000000"), (0.123456789, "0.123457"), (12.3456789, "12.34568"), (123456.7, "123456.7"),
    (1.23456e-7, "1.23e-07"), (4.2e9, "4.20e+09"), (math.inf, "inf"),
])
def test_a_loss_fits_its_place(value: float, text: str) -> None:
    assert number(value) == text
    assert len(text) <= 8


@pytest.mark.parametrize(("value", "text"), [
    (0, "0"), (950.4, "950"), (1_234, "1.23 k"), (12_345, "12.3 k"), (123_456, "123 k"), (1_234_567, "1.23 M")])
def test_a_speed_has_three_digits(value: float, text: str) -> None:
    assert amount(value) == text


@pytest.mark.parametrize(("seconds", "text"), [
    (0.2, "1 s"), (59, "59 s"), (120, "2 min"), (5399, "90 min"), (7200, "2.0 h"), (math.nan, "")])
def test_a_wait_is_said_in_one_unit(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_time_left_follows_the_speed() -> None:
    rate = Rate()
    assert math.isnan(rate.left(100))
    rate.add(0, 10.0)
    rate.add(50, 11.0)
    assert rate.left(100) == pytest.approx(2.0)
    for i in range(50):
        rate.add(50 + 100 * (i + 1), 12.0 + i)
    assert rate.left(100) == pytest.approx(1.0, rel=0.05)
    rate.clear()
    assert math.isnan(rate.left(100))


def test_the_time_left_counts_the_time_in_which_nothing_was_told() -> None:
    rate = Rate()
    for second in range(60):
        rate.add(second // 5 / 10, float(second))
    assert rate.left(1.0) == pytest.approx(50.0, rel=0.05)


@pytest.mark.usefixtures("theme")
def test_a_reading_does_not_change_its_width_with_its_digits(qtbot: QtBot) -> None:
    reading = Reading("Loss", "0.000000", "Mean loss")
    qtbot.addWidget(reading)
    widths = set()
    for text in (NOTHING, "0.111111", "0.888888", "1.23e-07"):
        reading.show_text(text)
        widths.add(reading.sizeHint().width())
        assert text in reading.accessibleName() or text == NOTHING
    assert len(widths) == 1


def test_the_readings_follow_a_run_and_stay_when_it_ends(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    readings = window.readings
    assert readings.epoch.value.text() == "0 / 5,000"
    assert readings.loss.value.text() == NOTHING
    window.actions_by_id["train.epoch"].trigger()
    qtbot.waitUntil(lambda: readings.epoch.value.text() == "1 / 5,000", timeout=20_000)
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=20_000)
    assert float(readings.loss.value.text()) > 0
    assert readings.score.value.text().endswith("%")
    window.actions_by_id["train.reset"].trigger()
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    assert readings.loss.value.text() == NOTHING


def test_the_line_counts_problems_names_the_data_and_repeats_the_last_notice(
        window: MainWindow, qtbot: QtBot) -> None:
    line = window.statusBar()
    assert isinstance(line, StatusLine)
    window.files.open_example("xor-mlp")
    assert line.problems.text() == "No problems"
    qtbot.waitUntil(lambda: "XOR" in line.data.text(), timeout=20_000)
    window.context.edit("add", lambda d: edits.add_node(d, Node("dense_9", "dense")))
    assert line.problems.text() == "1 problem"
    line.problems.click()
    assert not window.docks.docks["problems"].isHidden()
    window.context.notify.info("Something was said.")
    assert line.notice.text() == "Something was said."


def test_a_long_epoch_tells_its_loss_and_how_far_it_is_before_it_ends(window: MainWindow, qtbot: QtBot,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    window.files.open_example("digits-mlp")
    trainer, readings = window.context.trainer, window.readings
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    monkeypatch.setattr(status, "LONG_EPOCH", 0.0)
    trainer.step()
    qtbot.waitUntil(lambda: trainer.state == "paused" and trainer.step_count == 1, timeout=20_000)
    share = 1 / trainer._session.rule.batches
    told = Snapshot(trainer._run, 0, 1, {}, 0.0, so_far=SoFar(share, 2.25, 0.125))
    trainer.told.emit(told)
    monkeypatch.setattr(trainer, "state", "running")
    qtbot.waitUntil(lambda: readings.tick() or readings.loss.value.text() == "2.250000", timeout=5_000)
    assert readings.score.value.text() == "12.5 %"
    assert readings.progress.bar.value() == round(1000 * share / trainer.epochs)
    monkeypatch.undo()
    readings.refresh()
    assert readings.loss.value.text() == "2.250000", "paused within the epoch"
