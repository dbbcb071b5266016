"""Views in the narrow row of a small window: nothing is cut that matters, and nothing is offered that does nothing."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from core.io.examples import load
from core.train.session import Session
from gui.context import AppContext
from gui.panels.boundary import BoundaryPanel
from gui.panels.embedding import EmbeddingPanel
from gui.panels.predictions import PredictionsPanel
from gui.panels.scores import ScoresPanel
from gui.plots import numbers
from gui.scores.class_table import COLUMNS, DIGITS
from gui.theme import fonts
from tests.core._build import xor
from tests.gui.panels._run import look, shown


def test_without_a_map_nothing_is_offered_above_it(qtbot: QtBot, context: AppContext) -> None:
    panel = shown(qtbot, BoundaryPanel, context, 200, 240)
    look(panel, Session(load("digits-mlp")))
    assert panel.board.empty
    assert not panel.strip.isVisible()
    look(panel, Session(xor()))
    assert panel.strip.isVisible()
    assert panel.controls.more.isVisible()


def test_a_point_is_named_by_its_number_where_its_place_has_no_room(qtbot: QtBot, context: AppContext) -> None:
    panel = shown(qtbot, BoundaryPanel, context, 200, 240)
    look(panel, Session(xor()))
    points = panel.spots.points
    assert points is not None
    panel.point(panel.plot.vb.mapViewToScene(QPointF(*points.x[2].tolist())))
    assert panel.caption.short == f"train {points.number[2] + 1}"
    assert panel.caption.title.startswith(f"{panel.caption.short}: (")


@pytest.mark.parametrize("width", [160, 190, 212, 240, 330, 700])
def test_scores_stand_apart_and_names_keep_their_room(qtbot: QtBot, context: AppContext, width: int) -> None:
    panel = shown(qtbot, ScoresPanel, context, width, 240)
    look(panel, Session(load("digits-mlp")))
    table, metrics = panel.table, QFontMetricsF(fonts.font(panel.tokens, small=True))
    score = metrics.horizontalAdvance(numbers.fixed(1.0, DIGITS))
    assert all(table.columnWidth(column) >= score + 8 for column in (1, 2, 3))
    last = len(COLUMNS) - 1
    if not table.isColumnHidden(last):
        widest = max(metrics.horizontalAdvance(numbers.count(row.support)) for row in table.classes.rows)
        assert table.columnWidth(last) >= widest + 8
        assert table.columnWidth(0) >= 58 or width < 178
    assert sum(table.columnWidth(column) for column in range(last)) <= table.viewport().width()
    assert table.isColumnHidden(last) == (width <= 212)


def test_one_sample_is_judged_before_its_picture_and_seen_whole(qtbot: QtBot, context: AppContext) -> None:
    panel = shown(qtbot, PredictionsPanel, context, 230, 200)
    session = Session(load("digits-mlp"))
    look(panel, session)
    place = int(panel.grid.order[0])
    panel.grid.opened.emit(place)
    found = panel.cases
    assert found is not None
    large, names = panel.sheet.large, session.parts.spec.classes
    said = session.network.predict(session.parts.validation.x[place : place + 1])[0]
    assert large.verdict.text.startswith(f"{names[said.argmax()]} (")
    assert large.verdict.text.endswith(f"is {names[session.parts.validation.y[place]]}")
    below = large.verdict.mapTo(large, large.verdict.rect().bottomLeft()).y()
    assert large.face.mapTo(large, large.face.rect().topLeft()).y() > below
    assert large.face.height() <= large.height() // 2
    panel.resize(700, 500)
    assert large.face.height() == 200


def test_samples_without_room_are_counted_in_full(qtbot: QtBot, context: AppContext) -> None:
    panel = shown(qtbot, EmbeddingPanel, context, 190, 240)
    session = Session(load("digits-mlp"))
    look(panel, session)
    assert panel.caption.short == f"n = {len(session.parts.validation):,}"
