"""An epoch that lasts: what is drawn of it before it ends."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from core.train.events import EpochDone, Event, Paused, Snapshot, SoFar, Started
from core.train.series import Series
from gui.context import AppContext
from gui.curves import under_way
from gui.main_window import MainWindow
from gui.panels.curves import CurvesPanel
from tests.gui.panels._run import shown


class Clock:
    """Stands in for the time."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr(under_way, "time", held)
    return held


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, series: Series, clock: Clock,
          monkeypatch: pytest.MonkeyPatch) -> CurvesPanel:
    made = shown(qtbot, CurvesPanel, context, 700, 320)
    monkeypatch.setattr(context.trainer, "state", "running")
    tell(made, Started(0, 0, 0, 4, 10, 50))
    return made


def tell(panel: CurvesPanel, event: Event) -> None:
    panel.context.trainer.told.emit(event)
    panel.on_tick()


def so_far(epoch: int, share: float, loss: float, score: float, *, past: bool = False) -> Snapshot:
    place = epoch + share
    return Snapshot(0, epoch, round(10 * place), {}, 0.0, past, SoFar(share, loss, score, 7 * place))


def end(panel: CurvesPanel, series: Series, epoch: int, loss: float) -> None:
    row = (epoch, 10 * epoch, loss, 0.5, loss + 0.1, 0.4, 0.1, 7.0 * epoch, 1.0)
    series.add(row)
    tell(panel, EpochDone(0, *row))


def drawn(panel: CurvesPanel) -> list[list[tuple[float, float]]]:
    found = [chart.under.points() for chart in (panel.loss, panel.score)]
    return [list(zip(x.tolist(), y.tolist(), strict=True)) for x, y in found]


def test_in_a_long_first_epoch_its_running_means_are_drawn_and_told(panel: CurvesPanel, clock: Clock) -> None:
    tell(panel, so_far(0, 0.1, 2.3, 0.1))
    assert panel.board.empty
    for share, loss, score in ((0.2, 2.0, 0.25), (0.47, 1.5, 0.5)):
        clock.now += 1.1
        tell(panel, so_far(0, share, loss, score))
    assert not panel.board.empty
    assert drawn(panel) == [[(0.2, 2.0), (0.47, 1.5)], [(0.2, 0.25), (0.47, 0.5)]]
    assert panel.loss.caption.title == "Loss, epoch 0.4"
    assert [reading.value for reading in panel.loss.caption.readings] == ["1.5000"]
    assert [reading.value for reading in panel.score.caption.readings] == ["50.0 %"]
    (left, right), (low, high) = panel.loss.plot.vb.viewRange()
    assert left <= 0.2 < 0.47 < right
    assert low < 1.5 < 2.0 < high
    assert not any(len(curve) for curve in panel.loss.curves)


@pytest.mark.parametrize(("axis", "factor"), [("epoch", 1.0), ("step", 10.0), ("seconds", 7.0)])
def test_the_line_leads_on_from_the_last_epoch_until_the_next_one_is_done(
        panel: CurvesPanel, series: Series, clock: Clock, axis: str, factor: float) -> None:
    end(panel, series, 1, 0.9)
    panel.set_axis(axis)
    clock.now += 1.1
    tell(panel, so_far(1, 0.5, 0.7, 0.6))
    np.testing.assert_allclose(drawn(panel)[0], [(factor, 0.9), (1.5 * factor, 0.7)])
    assert panel.loss.caption.title == {"epoch": "Loss, epoch 1.5", "step": "Loss, step 15",
                                        "seconds": "Loss, 10.5 s"}[axis]
    assert [(r.name, r.value) for r in panel.loss.caption.readings] == [("train", "0.7000"),
                                                                        ("last validation", "1.0000")]
    end(panel, series, 2, 0.6)
    assert drawn(panel) == [[], []]
    assert panel.loss.caption.title == "Loss"
    assert panel.loss.curves[0].points()[1].tolist() == [0.9, 0.6]


def test_a_short_epoch_and_the_past_draw_nothing(panel: CurvesPanel, series: Series, clock: Clock) -> None:
    end(panel, series, 1, 0.9)
    clock.now += 0.9
    tell(panel, so_far(1, 0.5, 0.7, 0.6))
    assert drawn(panel) == [[], []]
    clock.now += 5.0
    tell(panel, so_far(1, 0.5, 0.7, 0.6, past=True))
    assert drawn(panel) == [[], []]


def test_it_takes_four_points_a_second_at_most(panel: CurvesPanel, clock: Clock) -> None:
    clock.now += 1.0
    for number in range(1, 81):
        clock.now += 1 / 64
        tell(panel, so_far(0, number / 100, 1.0, 0.5))
    assert 4 <= len(drawn(panel)[0]) <= 5


def test_paused_in_its_middle_it_stays_up_to_the_last_batch(
        panel: CurvesPanel, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.now += 1.1
    tell(panel, so_far(0, 0.3, 1.0, 0.5))
    monkeypatch.setattr(panel.context.trainer, "state", "paused")
    tell(panel, Paused(0, 0, 4))
    tell(panel, so_far(0, 0.4, 0.8, 0.6))
    clock.now += 60.0
    for _ in range(3):
        tell(panel, so_far(0, 0.4, 0.8, 0.6))
    assert drawn(panel)[0] == [(0.3, 1.0), (0.4, 0.8)]
    assert not panel.board.empty


def test_of_an_epoch_of_hours_the_course_stays_whole_with_fewer_points(panel: CurvesPanel, clock: Clock) -> None:
    for number in range(1, under_way.MOST + 11):
        clock.now += 2.0
        panel.context.trainer.told.emit(so_far(0, number / 2000, 1.0, 0.5))
    assert len(panel.under) <= under_way.MOST
    assert panel.under.column("epoch")[0] == pytest.approx(1 / 2000)
    assert panel.under.column("epoch")[-1] == pytest.approx((under_way.MOST + 10) / 2000)
    assert (np.diff(panel.under.column("epoch")) > 0).all()


def test_another_run_begins_with_nothing_of_it(panel: CurvesPanel, clock: Clock) -> None:
    clock.now += 1.1
    tell(panel, so_far(0, 0.3, 1.0, 0.5))
    tell(panel, Started(0, 0, 0, 4, 10, 50))
    assert drawn(panel) == [[], []]
    assert panel.board.empty


def test_one_epoch_is_seen_as_a_dot(panel: CurvesPanel, series: Series) -> None:
    end(panel, series, 1, 0.5)
    for weight in (0, 60):
        panel.smoothing.setValue(weight)
        picture = panel.board.view.grab().toImage()
        place = panel.loss.plot.vb.mapViewToScene(QPointF(1.0, 0.5))
        at = panel.board.view.mapFromScene(place)
        ink = panel.loss.curves[0].opts["pen"].color()
        ratio = picture.devicePixelRatio()
        found = picture.pixelColor(round(at.x() * ratio), round(at.y() * ratio))
        assert max(abs(found.red() - ink.red()), abs(found.green() - ink.green()), abs(found.blue() - ink.blue())) < 40


def test_a_run_tells_the_means_and_the_seconds_of_its_epoch(window: MainWindow, qtbot: QtBot) -> None:
    trainer = window.context.trainer
    window.files.open_example("digits-mlp")
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    told: list[Snapshot] = []
    trainer.told.connect(lambda event: told.append(event) if isinstance(event, Snapshot) else None)
    trainer.step()
    qtbot.waitUntil(lambda: trainer.state == "paused" and trainer.step_count == 1, timeout=20_000)
    session = trainer._session
    assert session is not None
    qtbot.waitUntil(lambda: any(snapshot.so_far is not None for snapshot in told), timeout=10_000)
    last = next(snapshot.so_far for snapshot in reversed(told) if snapshot.so_far is not None)
    assert last.seconds == session.seconds > 0.0
    assert (last.loss, last.score) == session.rule.totals()
