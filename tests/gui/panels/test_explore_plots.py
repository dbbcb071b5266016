"""Correlation, points and lines of the data."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from core.preprocessing import Column, ColumnSpec
from gui.context import AppContext
from gui.explore.correlation import ALONE, CorrelationView
from gui.explore.scatter import NOTHING, ScatterView
from gui.explore.series import SeriesView
from gui.panels.explore import ExplorePanel
from tests.core.statistics._columns import category, date, number
from tests.gui.panels._explore import explored, give, settled, use, view

NAN = float("nan")


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ExplorePanel:
    return explored(qtbot, context, "iris")


def spot(plot: ScatterView | CorrelationView, x: float, y: float) -> QPointF:
    place: QPointF = plot.plot.vb.mapViewToScene(QPointF(x, y))
    return place


def test_every_pair_has_its_coefficient(qtbot: QtBot, context: AppContext, panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, CorrelationView)
    from sklearn.datasets import load_iris

    expected = np.corrcoef(load_iris().data.T)
    for row in range(4):
        for column in range(4):
            assert float(shown.map.written()[row, column].replace("−", "-")) == round(expected[row, column], 2)
    assert list(shown.left.cells.values())[-1] == "species: virginica"


def test_the_pointer_tells_the_pair_and_its_coefficient(qtbot: QtBot, context: AppContext,
                                                        panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, CorrelationView)
    shown.board.hovered.emit(spot(shown, 2.5, 0.5))
    assert shown.caption.title == "sepal length (cm) and petal length (cm)"
    assert shown.caption.readings[0].value == "0.872"
    shown.board.hovered.emit(None)
    assert shown.caption.title == "Correlation of 7 columns"


def test_a_click_shows_the_pair_as_points(qtbot: QtBot, context: AppContext, panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, CorrelationView)
    at = shown.board.view.mapFromScene(spot(shown, 2.5, 0.5))
    qtbot.mouseClick(shown.board.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert isinstance(panel.view, ScatterView)
    assert panel.view.across.currentText() == "petal length (cm)"
    assert panel.view.upwards.currentText() == "sepal length (cm)"
    assert panel.segments.word == "Scatter"


def test_a_column_that_does_not_vary_is_said_not_to(qtbot: QtBot, context: AppContext,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([1, 1, 1], "a"), number([1, 2, 3], "b"), category([0, 1, 2])))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, CorrelationView)
    shown.board.hovered.emit(spot(shown, 1.5, 0.5))
    assert shown.caption.readings[0].value == "does not vary"
    assert shown.map.written()[0, 1] == "–"


def test_positive_and_negative_have_the_colours_of_sign(qtbot: QtBot, context: AppContext,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([1, 2, 3], "a"), number([3, 2, 1], "b")))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, CorrelationView)
    tokens = context.theme.tokens
    assert shown.map.image.pixelColor(0, 0).name() == tokens.positive
    assert shown.map.image.pixelColor(1, 0).name() == tokens.negative


def test_every_row_is_a_point_in_the_colour_of_its_class(qtbot: QtBot, context: AppContext,
                                                         panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, ScatterView)
    assert shown.points is not None
    assert len(shown.points.rows) == 150
    x, y = shown.dots.getData()
    assert (x[0], y[0]) == pytest.approx((5.1, 3.5))
    inks = {point.brush().color().name() for point in shown.dots.points()}
    assert inks == {context.theme.tokens.class_colour(number) for number in range(3)}


def test_other_columns_and_colours_are_chosen(qtbot: QtBot, context: AppContext, panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, ScatterView)
    qtbot.keyClick(shown.across, Qt.Key.Key_Down)
    assert shown.across.currentText() == "sepal width (cm)"
    assert shown.dots.getData()[0][0] == pytest.approx(3.5)
    shown.tint.setCurrentIndex(shown.tint.findText("petal width (cm)"))
    assert len({point.brush().color().name() for point in shown.dots.points()}) > 10
    shown.tint.setCurrentIndex(0)
    assert len({point.brush().color().name() for point in shown.dots.points()}) == 1
    assert not shown.bar.isVisible()


def test_the_pointer_tells_the_row_of_the_nearest_point(qtbot: QtBot, context: AppContext,
                                                        panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, ScatterView)
    shown.board.hovered.emit(spot(shown, 7.9, 3.8))
    assert shown.caption.title == "Row 132"
    assert [(r.name, r.value) for r in shown.caption.readings] == [
        ("sepal length (cm)", "7.9"), ("sepal width (cm)", "3.8"), ("species", "virginica")]
    shown.board.hovered.emit(spot(shown, 4.4, 4.3))
    assert shown.caption.title == "150 rows"


def test_many_rows_are_thinned_evenly(qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.arange(20_000, dtype=np.float32)
    give(monkeypatch, (number(values, "a"), number(values, "b"), category(np.zeros(20_000, int))))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, ScatterView)
    assert shown.points is not None
    assert shown.points.rows[:3].tolist() == [0, 4, 8]
    assert shown.caption.title == "5,000 of 20,000 rows, evenly chosen"


def test_on_a_logarithmic_axis_what_is_not_positive_has_no_place(qtbot: QtBot, context: AppContext,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([1, 10, 100, 0, -1, NAN], "a"), number([1, 2, 3, 4, 5, 6], "b"),
                       category([0, 1, 2, 0, 1, 2])))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, ScatterView)
    assert shown.caption.readings[0].value == "1 without a place here"
    qtbot.mouseClick(shown.log_x, Qt.MouseButton.LeftButton)
    assert shown.dots.getData()[0].tolist() == [0, 1, 2]
    assert shown.caption.readings[0].value == "3 without a place here"
    shown.board.hovered.emit(spot(shown, 2, 3))
    assert shown.caption.readings[0].value == "100"


def test_without_a_point_it_says_so(qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([NAN, 1], "a"), number([1, NAN], "b"), category([0, 1])))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, ScatterView)
    assert shown.board.empty
    assert shown.board.message.text() == NOTHING


def test_dates_and_categories_have_places_too(qtbot: QtBot, context: AppContext,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (date(["2024-01-01", "2024-01-03"]), category([1, 0], "ab", "city", "input"),
                       category([0, 1])))
    shown = view(qtbot, _panel := explored(qtbot, context, "iris"), context, ScatterView)
    assert shown.dots.getData()[1].tolist() == [1, 0]
    assert not shown.log_x.isEnabled()
    assert shown.bottom.tickStrings([86400.0], 1, 1) == ["1970-01-02"]
    shown.choose(1, 0)
    assert shown.bottom.cells == {0: "a", 1: "b"}


def test_a_circle_in_the_plane_is_round(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "spiral")
    assert isinstance(panel.view, ScatterView)
    across, upwards = panel.view.plot.vb.viewPixelSize()
    assert across == pytest.approx(upwards, rel=0.02)
    panel.resize(500, 500)
    panel.grab()
    across, upwards = panel.view.plot.vb.viewPixelSize()
    assert across == pytest.approx(upwards, rel=0.02)


def test_a_single_column_of_numbers_goes_with_nothing(qtbot: QtBot, context: AppContext,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([1, 2]), number([1, 2], "b")))
    panel = explored(qtbot, context, "iris")
    shown = view(qtbot, panel, context, CorrelationView)
    panel.store._correlations[panel.store._shown] = type(shown.found)(("x",), (0,), np.ones((1, 1)), 0, 1)
    shown.show_frame()
    assert shown.board.message.text() == ALONE


def waves(rows: int = 30) -> Column:
    steps = np.linspace(0, 6, 40)
    values = np.stack([np.stack([np.sin(steps + row), np.cos(steps) * row], axis=1) for row in range(rows)])
    return Column(ColumnSpec("x", shape=(40, 2)), values.astype(np.float32))


def test_some_series_of_every_class_are_lines_in_its_colour(qtbot: QtBot, context: AppContext,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (waves(), category(np.arange(30) % 3)))
    panel = explored(qtbot, context, "iris")
    shown = panel.view
    assert isinstance(shown, SeriesView)
    assert np.bincount(shown.rows % 3).tolist() == [4, 4, 4]
    lines = shown.plot.listDataItems()
    for row, line in zip(shown.rows.tolist(), lines, strict=True):
        assert line.opts["pen"].color().name() == context.theme.tokens.class_colour(row % 3)
        np.testing.assert_allclose(line.getData()[1], waves().values[row, :, 0])


def test_another_channel_and_other_rows_are_drawn(qtbot: QtBot, context: AppContext,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (waves(), category(np.arange(30) % 3)))
    panel = explored(qtbot, context, "iris")
    shown = panel.view
    assert isinstance(shown, SeriesView)
    before = shown.rows
    qtbot.mouseClick(shown.more, Qt.MouseButton.LeftButton)
    assert not np.array_equal(shown.rows, before)
    assert np.bincount(shown.rows % 3).tolist() == [4, 4, 4]
    shown.channel.setCurrentIndex(1)
    np.testing.assert_allclose(shown.plot.listDataItems()[0].getData()[1], waves().values[shown.rows[0], :, 1])
    exported = shown.exports()
    assert exported is not None
    heads, rows = exported.table()
    assert heads[1] == f"row {shown.rows[0] + 1}"
    assert len(rows) == 40


def test_other_data_keep_nothing_of_the_former_ones(qtbot: QtBot, context: AppContext, panel: ExplorePanel) -> None:
    shown = view(qtbot, panel, context, ScatterView)
    use(context, "spiral")
    settled(qtbot, panel, context)
    assert [shown.across.itemText(i) for i in range(shown.across.count())] == ["x1", "x2", "class"]
    assert shown.points is not None
    assert shown.points.total == panel.store.frame.rows


def test_of_many_columns_those_are_named_that_have_a_line_of_their_own(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "make_classification", steps=[])
    shown = view(qtbot, panel, context, CorrelationView)
    named = sorted(shown.left.cells)
    assert 5 <= len(named) < 21
    assert shown.board.tall / 21 * (named[1] - named[0]) >= 10
    panel.resize(780, 900)
    panel.grab()
    assert len(shown.left.cells) == 21
