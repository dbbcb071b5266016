"""The boundary panel draws what the probe says, and only that."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.io import examples
from core.train.events import Snapshot
from core.train.probes.boundary import Boundary
from core.train.probes.points import Points
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels.boundary import BoundaryPanel
from gui.theme.tokens import DARK, LIGHT
from tests.core._build import chain, dense, xor
from tests.gui.panels._run import look, shown

SPIRAL = {"kind": "spiral", "params": {"samples": 80}}


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> BoundaryPanel:
    return shown(qtbot, BoundaryPanel, context)


def three(names: tuple[str, ...] = ("red", "green", "blue")) -> tuple[Boundary, Points]:
    values = np.linspace(0.4, 1.0, 16, dtype=np.float32).reshape(4, 4)
    winners = np.arange(16).reshape(4, 4) % len(names)
    found = Boundary("classes", values, (0.0, 4.0), (0.0, 4.0), (0.0, 1.0), ("a", "b"), names, winners)
    points = Points(np.array([[1, 1], [2, 2]], np.float32), np.array([0, 2]), np.array([0, 2], np.uint8),
                    np.zeros(2, int), 2)
    return found, points


def regression(low: float = -10.0, high: float = 10.0) -> tuple[Boundary, Points]:
    values = np.linspace(low, high, 16, dtype=np.float32).reshape(4, 4)
    found = Boundary("value", values, (0.0, 4.0), (0.0, 4.0), (low, high), ("a", "b"))
    points = Points(np.ones((1, 2), np.float32), np.array([0.0], np.float32), np.zeros(1, np.uint8),
                    np.zeros(1, int), 1)
    return found, points


def give(panel: BoundaryPanel, found: object, points: object) -> None:
    answers = {Request.of("boundary"): found, Request.of("points"): points}
    panel.on_train(Snapshot(1, 0, 0, answers, 0.0))
    panel.on_tick()


def pixel(panel: BoundaryPanel, row: int, column: int) -> QColor:
    return panel.picture.image.pixelColor(column, row)


def test_before_anything_ran_it_says_what_to_do(panel: BoundaryPanel) -> None:
    assert panel.board.empty
    assert panel.board.message.text() == panel.empty
    assert panel.exports() is None


def test_it_asks_for_the_map_and_the_points(panel: BoundaryPanel) -> None:
    assert set(panel.requests()) == {Request.of("boundary"), Request.of("points")}


def test_hidden_it_asks_for_nothing(panel: BoundaryPanel) -> None:
    panel.hide()
    assert panel.requests() == ()


def test_the_map_lies_where_the_probe_says(panel: BoundaryPanel) -> None:
    session = Session(xor())
    look(panel, session)
    found: Boundary = panel.answer
    rect = panel.picture.rect
    assert (rect.left(), rect.right()) == found.x
    assert (rect.top(), rect.bottom()) == found.y
    assert panel.plot.vb.viewRange() == [list(found.x), list(found.y)]
    assert not panel.board.empty


def test_a_likely_first_class_is_orange_and_a_likely_second_class_blue(panel: BoundaryPanel) -> None:
    values = np.array([[0.0, 1.0], [0.5, 0.5]], np.float32)
    found = Boundary("probability", values, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), ("x1", "x2"), ("no", "yes"))
    give(panel, found, None)
    first, second, border = pixel(panel, 0, 0), pixel(panel, 0, 1), pixel(panel, 1, 0)
    assert first.red() > first.blue() + 60
    assert second.blue() > second.red() + 60
    assert abs(border.red() - border.blue()) < 10


def test_what_is_not_a_number_is_neither_orange_nor_blue(panel: BoundaryPanel) -> None:
    session = Session(xor())
    session.network.weights.flat[...] = np.nan
    look(panel, session)
    grey = pixel(panel, 5, 5)
    assert abs(grey.red() - grey.blue()) < 10


def test_of_several_classes_each_has_its_colour_and_fades_with_doubt(panel: BoundaryPanel) -> None:
    give(panel, *three())
    sure, unsure = pixel(panel, 3, 3), pixel(panel, 0, 0)  # both of class 0
    assert sure.saturation() > unsure.saturation()
    assert abs(sure.hue() - QColor(LIGHT.class_colour(0)).hue()) < 12
    assert abs(pixel(panel, 3, 1).hue() - QColor(LIGHT.class_colour(1)).hue()) < 12
    assert [text for _, text in panel.bar.marks] == ["red", "green", "blue"]


def test_ten_classes_have_ten_colours(panel: BoundaryPanel) -> None:
    names = tuple(map(str, range(10)))
    give(panel, *three(names))
    assert len({pixel(panel, row, column).rgb() for row in range(4) for column in range(4)}) == 16
    assert len(panel.bar.marks) == 10


def test_the_points_are_those_of_the_data(panel: BoundaryPanel) -> None:
    session = Session(chain(dense(1), "sigmoid", source=SPIRAL, data={"validation": 0.25}))
    look(panel, session)
    x, y = panel.dots.getData()
    points: Points = panel.answers["points"]
    np.testing.assert_allclose(np.column_stack([x, y]), points.x)
    paints = [spot.brush().color().name() for spot in panel.dots.points()]
    colours = (LIGHT.negative, LIGHT.positive)
    for paint, spot, label, part in zip(paints, panel.dots.points(), points.y, points.part, strict=True):
        if part == 0:
            assert paint == colours[label]
        else:
            assert paint == LIGHT.plot
            assert spot.pen().color().name() == colours[label]


def test_the_legend_tells_training_points_from_those_held_out(panel: BoundaryPanel) -> None:
    data = {"validation": 0.25, "test": 0.1}
    look(panel, Session(chain(dense(1), "sigmoid", source=SPIRAL, data=data)))
    assert [r.value for r in panel.caption.readings] == ["train", "validation and test"]
    look(panel, Session(xor()))
    assert panel.caption.readings == ()


def test_the_points_are_drawn_once_for_a_session(panel: BoundaryPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    draw = panel.dots.put
    monkeypatch.setattr(panel.dots, "put", lambda *given: (calls.append(1), draw(*given)))
    session = Session(xor())
    look(panel, session)
    look(panel, session)
    assert len(calls) == 1
    look(panel, Session(xor(seed=1)))
    assert len(calls) == 2


def test_a_tick_without_a_new_snapshot_draws_nothing(panel: BoundaryPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    look(panel, Session(xor()))
    calls: list[int] = []
    monkeypatch.setattr(panel, "draw", lambda: calls.append(1))
    panel.on_tick()
    assert not calls


def test_the_pointer_reads_the_probability_of_the_likelier_class(panel: BoundaryPanel, qtbot: QtBot) -> None:
    values = np.array([[0.0, 1.0], [0.25, 0.75]], np.float32)
    found = Boundary("probability", values, (0.0, 2.0), (0.0, 2.0), (0.0, 1.0), ("x1", "x2"), ("no", "yes"))
    give(panel, found, None)
    panel.board.hovered.emit(panel.plot.vb.mapViewToScene(QPointF(0.5, 1.5)))
    assert panel.caption.title == "(0.50, 1.50)"
    assert panel.caption.readings[0].value == "no, 75.0 %"
    panel.board.hovered.emit(None)
    assert panel.caption.title == "Probability of class yes"


def test_the_pointer_reads_class_and_value_too(panel: BoundaryPanel) -> None:
    give(panel, *three())
    panel.board.hovered.emit(panel.plot.vb.mapViewToScene(QPointF(2.5, 3.5)))
    assert panel.caption.readings[0].value == "blue, 96.0 %"
    give(panel, *regression())
    panel.board.hovered.emit(panel.plot.vb.mapViewToScene(QPointF(3.5, 3.5)))
    assert panel.caption.readings[0].value == "10.000"


def test_data_without_a_plane_shows_the_reason(panel: BoundaryPanel) -> None:
    look(panel, Session(examples.load("digits-mlp")))
    assert panel.board.empty
    assert "Digits 8×8 has pictures" in panel.board.message.text()
    assert panel.exports() is None


def test_it_draws_again_after_it_had_nothing_to_draw(panel: BoundaryPanel) -> None:
    look(panel, Session(examples.load("digits-mlp")))
    look(panel, Session(xor()))
    assert not panel.board.empty


def test_a_network_that_becomes_invalid_is_not_shown_any_more(panel: BoundaryPanel, context: AppContext) -> None:
    look(panel, Session(xor()))
    context.trainer.state_changed.emit("invalid")
    assert panel.board.empty
    assert panel.exports() is None


def test_the_theme_changes_colours_but_not_the_numbers(panel: BoundaryPanel, context: AppContext) -> None:
    look(panel, Session(xor()))
    before = panel.picture.image.copy(), panel.exports().table()
    context.theme.set_mode("dark")
    try:
        assert panel.picture.image != before[0]
        assert panel.board.view.backgroundBrush().color().name() == DARK.plot
        assert panel.exports().table() == before[1]
    finally:
        context.theme.set_mode("light")


def test_the_table_is_the_map(panel: BoundaryPanel) -> None:
    look(panel, Session(xor()))
    found: Boundary = panel.answer
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert names == ["x1", "x2", "probability"]
    assert len(rows) == found.values.size
    np.testing.assert_allclose([row[2] for row in rows], found.values.ravel())
    assert rows[0][:2] == pytest.approx([found.x[0] + 0.005 * (found.x[1] - found.x[0]),
                                         found.y[0] + 0.005 * (found.y[1] - found.y[0])])


def test_the_table_of_several_classes_names_the_class(panel: BoundaryPanel) -> None:
    give(panel, *three())
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert names == ["a", "b", "confidence", "class"]
    assert [row[3] for row in rows[:4]] == ["red", "green", "blue", "red"]


def test_the_map_is_square_on_the_screen(panel: BoundaryPanel, qtbot: QtBot) -> None:
    look(panel, Session(xor()))
    for size in ((260, 230), (700, 300), (300, 600)):
        panel.resize(*size)
        qtbot.wait(20)
        area = panel.plot.vb.sceneBoundingRect()
        assert area.width() == pytest.approx(area.height(), abs=2)
        assert area.right() <= panel.board.view.width()


def test_in_a_small_panel_the_picture_has_all_the_room(panel: BoundaryPanel, qtbot: QtBot) -> None:
    give(panel, *three())
    panel.resize(160, 210)
    qtbot.wait(20)
    assert not panel.bar.isVisible()
    assert panel.plot.vb.sceneBoundingRect().width() == pytest.approx(160 - 24, abs=2)
    assert panel.caption.sceneBoundingRect().right() <= 160
    panel.resize(420, 280)
    qtbot.wait(20)
    assert panel.bar.isVisible()
    assert panel.plot.getAxis("left").label.isVisible()


def test_many_points_are_drawn_smaller_than_few(panel: BoundaryPanel) -> None:
    look(panel, Session(xor()))
    few = panel.dots.points()[0].size()
    many = {"kind": "spiral", "params": {"samples": 1000}}
    look(panel, Session(chain(dense(1), "sigmoid", source=many)))
    assert panel.dots.points()[0].size() < few
