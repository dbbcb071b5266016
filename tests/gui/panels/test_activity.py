"""The panel of activations: strips of every layer, what the pointer reads, and what is not well."""
from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.train import health as rules_of_health
from core.train.events import Snapshot
from core.train.health import RULES
from core.train.probes import answer
from core.train.probes.health import Health
from core.train.request import Request
from core.train.session import Session
from gui.activity import now
from gui.activity.words import ILLS, WORDS
from gui.context import AppContext
from gui.panels.activity import ActivityPanel
from gui.plots.strips import HALF
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown, trained

ILL = Problem("health.dead", "3 of 5 units of ReLU are dead.", "warning", node="relu", hint="Use Leaky ReLU.")


@pytest.fixture
def session(context: AppContext) -> Session:
    document = chain(dense(5), "relu", dense(1), "sigmoid", source="moons")
    context.history.restart(document)
    return trained(document, epochs=30)


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext, session: Session) -> ActivityPanel:
    made = shown(qtbot, ActivityPanel, context)
    look(made, session)
    return made


def test_where_there_is_no_room_strips_have_numbers_in_place_of_names(qtbot: QtBot, context: AppContext,
                                                                      session: Session,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(now, "LEGIBLE", 200.0)
    narrow = shown(qtbot, ActivityPanel, context, 160, 200)
    look(narrow, session)
    assert list((narrow.view.bottom.cells or {}).values()) == ["1", "2", "3", "4", "5"]


def test_every_layer_has_a_strip_with_its_name(panel: ActivityPanel) -> None:
    assert len(panel.view.strips.shapes) == 5
    assert list((panel.view.bottom.cells or {}).values()) == ["Input", "Dense", "ReLU", "Dense", "Sigmoid"]


@pytest.mark.parametrize("word", WORDS)
def test_the_strips_are_as_wide_as_the_engines_counts(panel: ActivityPanel, session: Session, word: str) -> None:
    panel.choices._measure(word)
    look(panel, session)
    found = answer(session, Request.of("activity", what=WORDS[word]))
    for number, (shape, spread) in enumerate(zip(panel.view.strips.shapes, found.spreads, strict=True)):
        points = shape.toList()
        right = [(p.x() - number - 0.5, p.y()) for p in points[: len(points) // 2]]
        for bin_, count in enumerate(spread.counts):
            middle = [x for x, y in right if y in (found.edges[bin_], found.edges[bin_ + 1])]
            if count:
                assert any(x == pytest.approx(HALF * count / spread.counts.max()) for x in middle)
    assert panel.view.left.log is (word != "Activations")


def test_the_chosen_layer_is_read_out(panel: ActivityPanel, context: AppContext, session: Session) -> None:
    context.select(["relu"])
    values = session.network.predict_all(answer_samples(session))["relu"]
    assert panel.view.strips.chosen == 2
    assert panel.caption.title == "3 ReLU"
    spread, zeros = (reading.value for reading in panel.caption.readings)
    assert spread == f"{values.mean():.3f} ± {values.std():.3f}"
    assert zeros == f"{100 * (values == 0).mean():.1f} % zeros"


def answer_samples(session: Session) -> np.ndarray:
    from core.train.sampling import look as chosen

    return chosen(session).x


def test_what_is_not_well_is_listed_and_a_click_selects_its_node(panel: ActivityPanel, context: AppContext,
                                                                 session: Session) -> None:
    assert not panel.findings.isVisible()
    fall_ill(panel, session, ILL)
    assert panel.findings.isVisible()
    assert panel.findings.lines == [ILL.message]
    assert panel.view.strips.amber == {2}
    place = panel.findings.visualItemRect(panel.findings.item(0)).center()
    QTest.mouseClick(panel.findings.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert context.selection == {"relu"}


def test_where_a_sentence_has_no_room_the_layer_and_its_illness_are_named(panel: ActivityPanel,
                                                                          session: Session) -> None:
    long = replace(ILL, message=f"{ILL.message[:-1]}: they give 0 for all samples, so that they learn no more.")
    fall_ill(panel, session, long)
    assert panel.findings.lines == ["3 ReLU: dead units"]
    assert panel.findings.item(0).toolTip() == long.text
    panel.resize(1200, 300)
    assert panel.findings.lines == [long.message]


def test_every_illness_has_a_short_name() -> None:
    assert {f"health.{name}" for name in RULES} <= ILLS.keys()
    sources = [path.read_text() for path in Path(rules_of_health.__file__).parent.glob("*.py")]
    told = {name for source in sources for name in re.findall(r'finding\("(\w+)"', source)}
    assert {f"health.{name}" for name in told} == ILLS.keys()


def test_whole_lines_are_seen_and_the_plot_keeps_most_of_the_room(panel: ActivityPanel, session: Session) -> None:
    fall_ill(panel, session, *(replace(ILL, node=node) for node in session.document.nodes))
    for height, rows in ((200, 1), (260, 2), (600, 3)):
        panel.resize(420, height)
        view = panel.findings.viewport().height()
        assert view == rows * panel.findings.visualItemRect(panel.findings.item(0)).height()
        assert panel.findings.height() <= height / 3


def test_a_layer_has_the_same_number_whatever_is_looked_at(panel: ActivityPanel, context: AppContext,
                                                           session: Session) -> None:
    context.select(["relu"])
    for word in WORDS:
        panel.choices._measure(word)
        look(panel, session)
        assert panel.caption.title == ("3 ReLU" if "relu" in panel.answer.nodes else "2 layers, 128 samples")


def fall_ill(panel: ActivityPanel, session: Session, *ills: Problem) -> None:
    request = Request.of("activity", what="activations")
    answers = {request: answer(session, request), Request.of("health"): Health(0, ills)}
    panel.on_train(Snapshot(1, 0, 0, answers, 0.0))
    panel.on_tick()


def test_the_export_holds_every_count(panel: ActivityPanel, session: Session) -> None:
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    found = answer(session, Request.of("activity", what="activations"))
    assert [row[0] for row in rows] == ["input", "dense", "relu", "dense_2", "sigmoid"]
    assert all(len(row) == len(names) for row in rows)
    assert [row[5:] for row in rows] == [list(map(int, spread.counts)) for spread in found.spreads]
