"""The summary shows the numbers of the network and how long its layers take."""
from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.engine.cost import costs
from core.engine.outline import as_markdown, as_text, outline
from core.graph.check import check
from core.io import examples
from core.train.probes import answer
from core.train.probes.timing import Timing
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels.summary import SummaryPanel
from gui.summary.model import HEADINGS
from tests.gui.panels._run import look, shown

PLACE = {heading.title: column for column, heading in enumerate(HEADINGS)}


@pytest.fixture
def session(context: AppContext) -> Session:
    document = examples.load("digits-mlp")
    context.history.restart(document)
    return Session(document)


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, session: Session) -> SummaryPanel:
    made = shown(qtbot, SummaryPanel, context, 900, 300)
    made.on_tick()
    return made


def text(panel: SummaryPanel, row: int, title: str) -> str:
    return str(panel.model.index(row, PLACE[title]).data())


def names(panel: SummaryPanel) -> list[str]:
    return [line.node for line in panel.model.lines]


def test_the_table_is_there_before_anything_was_timed(panel: SummaryPanel, session: Session) -> None:
    assert not panel.board.empty
    report = check(session.document)
    counted = costs(session.document, report)
    for row, name in enumerate(report.live):
        assert text(panel, row, "Layer") == name
        assert text(panel, row, "Trained").replace(",", "") == str(counted.of(name).parameters or "")
        assert text(panel, row, "Multiply-adds").replace(",", "") == str(counted.of(name).operations or "")
    last = len(report.live)
    assert text(panel, last, "Trained") == f"{session.network.parameters:,}"
    assert text(panel, last, "Multiply-adds") == f"{session.network.flops:,}"
    assert text(panel, 0, "Forward") == "–"


def test_times_come_from_the_run_and_shares_add_up(panel: SummaryPanel, session: Session) -> None:
    look(panel, session)
    timing = panel.answer
    assert isinstance(timing, Timing)
    assert timing.batch == math.ceil(len(session.parts.train) / session.rule.batches)
    assert panel.model.time("hidden", 0) == timing.nodes["hidden"][0] > 0
    assert sum(panel.model.share(line) for line in panel.model.lines) == pytest.approx(1.0)
    assert text(panel, len(panel.model.lines), "Share") == "100.0 %"
    assert "a step" in panel.times.text()


def test_the_time_of_a_step_is_that_of_the_session(session: Session) -> None:
    assert math.isnan(answer(session, Request.of("timing")).step)
    session.seconds, session.step = 3.0, 12
    assert answer(session, Request.of("timing")).step == 0.25


def test_timing_changes_no_bit_of_a_session(session: Session) -> None:
    plain = Session(session.document)
    for one in (session, plain):
        one.rule.begin_epoch()
    for batch in range(3):
        answer(session, Request.of("timing"))
        for one in (session, plain):
            one.rule.step(batch)
    assert (session.network.weights.flat == plain.network.weights.flat).all()


def test_a_click_on_a_head_sorts_and_the_third_one_brings_back_the_order(panel: SummaryPanel) -> None:
    before = names(panel)
    heads, column = panel.table.horizontalHeader(), PLACE["Trained"]
    heads.sectionClicked.emit(column)
    counts = [line.trained for line in panel.model.lines]
    assert counts == sorted(counts, reverse=True)
    heads.sectionClicked.emit(column)
    assert [line.trained for line in panel.model.lines] == sorted(counts)
    heads.sectionClicked.emit(column)
    assert names(panel) == before


def test_a_click_on_a_row_selects_its_node(panel: SummaryPanel, context: AppContext) -> None:
    row = names(panel).index("hidden")
    place = panel.table.visualRect(panel.model.index(row, 0)).center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert context.selection == {"hidden"}


def test_it_is_copied_as_text_and_as_markdown(panel: SummaryPanel, session: Session) -> None:
    report = check(session.document)
    table = outline(session.document, report, costs(session.document, report))
    panel.copy_text()
    assert QGuiApplication.clipboard().text() == as_text(table)
    panel.copy_markdown()
    assert QGuiApplication.clipboard().text() == as_markdown(table)


def test_it_can_be_exported(panel: SummaryPanel, session: Session) -> None:
    look(panel, session)
    exported = panel.exports()
    assert exported is not None
    header, rows = exported.table()
    assert header == [heading.title for heading in HEADINGS]
    assert sum(float(row[PLACE["Trained"]]) for row in rows) == session.network.parameters


def test_while_training_it_asks_seldom_and_hidden_never(panel: SummaryPanel, session: Session,
                                                        context: AppContext) -> None:
    assert panel.requests() == (Request.of("timing"),)
    context.trainer.state = "running"
    look(panel, session)
    assert panel.requests() == ()
    context.trainer.state = "ready"
    panel.hide()
    assert panel.requests() == ()
