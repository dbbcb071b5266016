"""Views in the narrow row of a small window: nothing is cut that matters, and nothing is offered that does nothing."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from core.io.examples import load
from core.train.prediction import read
from core.train.session import Session
from gui.context import AppContext
from gui.panels.boundary import BoundaryPanel
from gui.panels.embedding import EmbeddingPanel
from gui.panels.predictions import PredictionsPanel
from gui.panels.scores import ScoresPanel
from gui.plots import numbers
from gui.predictions.painting import paint_values
from gui.scores.class_table import COLUMNS, DIGITS
from gui.theme import fonts
from gui.theme.palette import Theme
from gui.trying.answers import bars_of
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


def test_a_predicted_number_has_a_true_minus_sign(qtbot: QtBot, context: AppContext) -> None:
    session = Session(load("regression-plane"))
    x = session.parts.validation.x
    said = session.network.predict(x)[:, 0]
    assert said.min() < 0
    bars = bars_of(read(session, session.network.predict(x[[said.argmin()]])), context.theme.tokens)
    shown = float(session.parts.own(said[[said.argmin()]].reshape(1, 1))[0, 0])
    assert bars[0].figure == f"{shown:.4g}".replace("-", numbers.MINUS)
    assert bars[0].figure.startswith(numbers.MINUS)


def test_few_values_share_the_whole_width_of_a_card(theme: Theme) -> None:
    image = QImage(400, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_values(painter, QRect(0, 0, 400, 30), [("a", "1"), ("b", "2")], theme.tokens)
    painter.end()
    places = [x for x in range(400) if any(image.pixel(x, y) != 0xFFFFFFFF for y in range(40))]
    assert places[0] < 8
    assert places[-1] > 380
