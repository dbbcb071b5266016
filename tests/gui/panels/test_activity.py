"""The panel of activations: strips of every layer, what the pointer reads, and what is not well."""
from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.probes.health import Health
from core.train.request import Request
from core.train.session import Session
from gui.activity import now
from gui.activity.words import WORDS
from gui.context import AppContext
from gui.panels.activity import ActivityPanel
from gui.plots.strips import HALF
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown, trained


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
    ill = Problem("health.dead", "3 of 5 units of ReLU are dead.", "warning", node="relu", hint="Use Leaky ReLU.")
    request = Request.of("activity", what="activations")
    answers = {request: answer(session, request), Request.of("health"): Health(0, (ill,))}
    panel.on_train(Snapshot(1, 0, 0, answers, 0.0))
    panel.on_tick()
    assert panel.findings.isVisible()
    assert panel.messages == [ill.message]
    assert panel.view.strips.amber == {2}
    panel.findings.itemClicked.emit(panel.findings.item(0))
    assert context.selection == {"relu"}


def test_the_export_holds_every_count(panel: ActivityPanel, session: Session) -> None:
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    found = answer(session, Request.of("activity", what="activations"))
    assert [row[0] for row in rows] == ["input", "dense", "relu", "dense_2", "sigmoid"]
    assert all(len(row) == len(names) for row in rows)
    assert [row[5:] for row in rows] == [list(map(int, spread.counts)) for spread in found.spreads]
