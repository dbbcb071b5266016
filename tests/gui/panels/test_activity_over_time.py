"""Activations over time: the ridge and the lines are the engine's numbers, and can be chosen, pointed at and saved."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.train.events import Snapshot
from core.train.probes import answer
from core.train.request import Request
from core.train.sampling import look as samples_of
from core.train.session import Session
from gui.activity.choices import HISTORY, NOW, TREND
from gui.activity.history import HistoryView
from gui.activity.now import NowView
from gui.activity.trend import TrendView
from gui.activity.words import power
from gui.context import AppContext
from gui.panels._live import WAITING
from gui.panels.activity import EVERY, ActivityPanel
from tests.core._build import chain, dense
from tests.gui.panels._run import look, picked, settle, shown, trained

DOCUMENT = chain(dense(5), "relu", dense(4), "tanh", dense(1), "sigmoid", source="moons")


@pytest.fixture
def session(context: AppContext) -> Session:
    context.history.restart(DOCUMENT)
    return trained(DOCUMENT, epochs=30)


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, session: Session) -> ActivityPanel:
    return shown(qtbot, ActivityPanel, context, 640, 360)


def choose(panel: ActivityPanel, session: Session, way: str, word: str = "") -> Any:
    """Choose with the buttons, and wait for the answer."""
    panel.choices.segments.setCurrentIndex(panel.choices.segments.words.index(way))
    if word:
        picked(panel.choices.what.menu(), word)
    settle(panel, session)
    return panel.answer


def offered(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def scene_place(panel: ActivityPanel, x: float, y: float) -> QPointF:
    place: QPointF = panel.view.plot.vb.mapViewToScene(QPointF(x, y))
    return place


def test_the_words_above_choose_the_way_to_look(panel: ActivityPanel, session: Session) -> None:
    assert panel.choices.segments.words == [NOW, HISTORY, TREND]
    for way, kind in ((HISTORY, HistoryView), (TREND, TrendView), (NOW, NowView)):
        choose(panel, session, way)
        assert type(panel.view) is kind
        assert panel.view.plot.scene() is panel.board.view.scene()
        assert panel.answer is not None
        assert not panel.board.empty


def test_the_ridge_shows_the_histograms_of_a_network_taken_back(panel: ActivityPanel, session: Session,
                                                                context: AppContext) -> None:
    context.select(["dense_2"])
    choose(panel, session, HISTORY)
    ridge = panel.view.ridge
    steps = panel.answer.steps
    assert len(ridge.labels) == len(steps) > 20
    for step, counts in zip(steps, ridge.counts, strict=True):
        with session.moments.shown(step):
            values = session.network.predict_all(samples_of(session).x)["dense_2"].ravel().astype(float)
        expected, _ = np.histogram(np.clip(values, ridge.edges[0], ridge.edges[-1]), ridge.edges)
        assert counts.tolist() == expected.tolist()


def test_the_ridge_follows_the_selection_unless_a_layer_is_chosen(panel: ActivityPanel, session: Session,
                                                                  context: AppContext) -> None:
    context.select(["dense_2"])
    assert choose(panel, session, HISTORY).node == "dense_2"
    context.select(["relu"])
    settle(panel, session)
    assert panel.answer.node == "relu"
    assert offered(panel.choices.node.menu()) == ["Selected layer", "1 Input", "2 Dense", "3 ReLU", "4 Dense", "5 Tanh",
                                                  "6 Dense", "7 Sigmoid"]
    picked(panel.choices.node.menu(), "5 Tanh")
    settle(panel, session)
    assert panel.answer.node == "tanh"
    assert panel.choices.node.text() == "5 Tanh"
    context.select(["dense"])
    settle(panel, session)
    assert panel.answer.node == "tanh"
    panel.show_node("dense")
    settle(panel, session)
    assert panel.answer.node == "dense"


def test_a_bin_that_is_pointed_at_is_told(panel: ActivityPanel, session: Session, context: AppContext) -> None:
    context.select(["dense_2"])
    found = choose(panel, session, HISTORY)
    moment = len(found.steps) - 1
    column = int(found.counts[moment].argmax())
    middle = (found.edges[column] + found.edges[column + 1]) / 2
    panel.view.point(found, scene_place(panel, middle, 0.1))
    assert panel.caption.title.startswith("4 Dense, ")
    assert panel.caption.readings[0].value.startswith(f"{found.counts[moment, column]:,} from ")
    panel.view.point(found, None)
    assert panel.caption.title == "4 Dense, activations, 128 samples"
    assert panel.caption.readings[0].value == f"{len(found.steps)} moments"


@pytest.mark.parametrize("word", ["Gradients", "Updates"])
def test_gradients_and_updates_have_a_logarithmic_axis(panel: ActivityPanel, session: Session, word: str) -> None:
    found = choose(panel, session, HISTORY, word)
    assert found.what == word.lower()
    assert panel.view.bottom.log
    ticks = panel.view.bottom.tickStrings([-15.0, -3.0], 1.0, 1.0)
    assert ticks[0] == "1e−15"
    choose(panel, session, HISTORY, "Activations")
    assert not panel.view.bottom.log


@pytest.mark.parametrize("word", ["Activations", "Gradients", "Updates"])
def test_the_lines_are_the_sizes_that_the_probe_measured(panel: ActivityPanel, session: Session, word: str) -> None:
    found = choose(panel, session, TREND, word)
    assert found.what == word.lower()
    np.testing.assert_allclose(10 ** panel.view.lines.values, found.values)
    assert panel.beside.entries[0].name == ("1 Input" if word == "Activations" else "2 Dense")
    assert len(panel.beside.entries) == len(found.nodes)
    assert panel.view.bottom.times in (found.epochs, found.steps)


def test_dead_and_saturated_units_are_shares_of_a_hundred(panel: ActivityPanel, session: Session) -> None:
    assert offered(panel.choices.what.menu()) == ["Activations", "Gradients", "Updates"]
    found = choose(panel, session, TREND, "Flat units")
    assert found.nodes == ("relu", "tanh")
    np.testing.assert_allclose(panel.view.lines.values, 100 * found.values)
    assert [entry.value for entry in panel.beside.entries] == [f"{100 * line[-1]:.1f} %" for line in found.values]
    choose(panel, session, NOW)
    assert panel.choices.what.text() == "Activations", "there is no histogram of them"


def test_a_line_is_told_where_it_is_pointed_at_and_a_click_selects_its_layer(panel: ActivityPanel, session: Session,
                                                                             context: AppContext) -> None:
    found = choose(panel, session, TREND, "Gradients")
    line, moment = found.nodes.index("dense_2"), len(found.steps) // 2
    others = np.delete(panel.view.lines.values[:, moment], line)
    assert np.abs(others - panel.view.lines.values[line, moment]).min() > 1e-3
    place = scene_place(panel, moment, panel.view.lines.values[line, moment])
    panel.point(place)
    assert panel.caption.title.startswith("4 Dense, ")
    assert panel.beside.strong == line
    port = panel.board.view.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=panel.board.view.mapFromScene(place))
    assert context.selection == {"dense_2"}
    settle(panel, session)
    assert panel.view.lines.chosen == line


def test_while_moments_are_missing_it_asks_on_at_rest_but_not_while_training(panel: ActivityPanel, session: Session,
                                                                             context: AppContext,
                                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.train.probes._course.SECONDS", -1.0)
    panel.choices.segments.setCurrentIndex(1)
    before = panel.wanted()
    context.trainer.state = "running"
    look(panel, session)
    assert panel.answer.pending > 0
    assert panel.wanted()[0] == before[0], "the same question rests when it is slow"
    assert "moments to come" in panel.caption.readings[0].value
    context.trainer.state = "ready"
    look(panel, session)
    assert panel.wanted()[0] != before[0]
    settle(panel, session)
    assert panel.answer.pending == 0
    assert [request.probe for request in panel.wanted()] == ["activity_history", "health"]


def test_while_training_it_looks_for_illness_once_a_second(panel: ActivityPanel, session: Session, context: AppContext,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    look(panel, session)
    assert [request.probe for request in panel.wanted()] == ["activity", "health"]
    context.trainer.state = "running"
    asked = []
    for _ in range(4):
        asked.append([request.probe for request in panel.wanted()])
        look(panel, session)
        now[0] += 0.6 * EVERY
    context.trainer.state = "ready"
    assert asked == [["activity"], ["activity"], ["activity", "health"], ["activity"]]


def test_the_exports_hold_every_number(panel: ActivityPanel, session: Session, context: AppContext) -> None:
    context.select(["dense"])
    found = choose(panel, session, HISTORY, "Gradients")
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert exported.name == "gradients-over-time-dense"
    assert names[:3] == ["step", "epoch", "root mean square"]
    assert float(names[3].removeprefix("from ")) == pytest.approx(10 ** found.edges[0])
    assert [row[0] for row in rows] == list(found.steps)
    assert [row[3:] for row in rows] == found.counts.tolist()
    trend = choose(panel, session, TREND)
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert exported.name == "gradients-trend"
    assert names == ["step", "epoch", *trend.nodes]
    np.testing.assert_allclose([row[2:] for row in rows], trend.values.T)


def test_in_a_small_panel_a_menu_stands_for_the_words(qtbot: QtBot, context: AppContext, session: Session) -> None:
    small = shown(qtbot, ActivityPanel, context, 195, 240)
    settle(small, session)
    assert small.choices.segments.isHidden()
    picked(small.choices.ways.menu(), HISTORY)
    settle(small, session)
    assert type(small.view) is HistoryView
    assert small.width() == 195
    assert small.minimumSizeHint().width() <= 195


def test_a_line_has_gaps_where_there_is_no_number(panel: ActivityPanel, session: Session) -> None:
    choose(panel, session, TREND, "Gradients")
    lines = panel.view.lines
    values = lines.values.copy()
    values[0, 3], values[1] = np.nan, np.nan
    lines.draw(values, lines.area, None)
    assert not panel.grab().isNull()
    assert lines.at(QPointF(3.0, float(values[2, 3]))) == (2, 3)


def test_what_cannot_be_said_is_said_in_place_of_the_plot(qtbot: QtBot, context: AppContext) -> None:
    document = chain(dense(3), "linear", dense(1), source="moons")
    context.history.restart(document)
    panel, fresh = shown(qtbot, ActivityPanel, context, 640, 360), Session(document)
    choose(panel, fresh, TREND, "Flat units")
    assert panel.board.empty
    assert "dead or saturated" in panel.board.message.text()
    choose(panel, fresh, TREND, "Gradients")
    assert not panel.board.empty


def test_where_there_is_no_room_the_moment_is_named_not_the_layer(panel: ActivityPanel, session: Session) -> None:
    found = choose(panel, session, HISTORY)
    panel.board.hovered.emit(scene_place(panel, float(found.edges[1]), 0.01))
    assert panel.caption.title == f"2 Dense, epoch {session.epoch}"
    assert panel.caption.short == f"epoch {session.epoch}"
    found = choose(panel, session, TREND)
    line = found.nodes.index("relu")
    y = np.log10(found.values[line, -1])
    panel.board.hovered.emit(scene_place(panel, len(found.steps) - 1.0, float(y)))
    assert panel.caption.short == f"3 ReLU, {session.epoch}"


@pytest.mark.parametrize(("exponent", "text"), [(-3.0, "1e−3"), (-2.69897, "2e−3"), (-12.30103, "5e−13"),
                                               (-2.0, "0.01"), (-1.30103, "0.05"), (0.0, "1"), (2.0, "100")])
def test_an_axis_of_powers_names_also_what_lies_between_them(exponent: float, text: str) -> None:
    assert power(exponent) == text


def test_until_the_layers_are_looked_at_it_says_so(panel: ActivityPanel, session: Session) -> None:
    health = Request.of("health")
    panel.on_train(Snapshot(1, 0, 0, {health: answer(session, health)}, 0.0))
    panel.on_tick()
    panel.on_tick()
    assert panel.board.empty
    assert panel.board.message.text() == WAITING
