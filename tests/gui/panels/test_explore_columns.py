"""Columns are measured one below the other, with bars in the colours of the classes."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from gui.context import AppContext
from gui.explore import bars
from gui.explore.columns import ColumnsView
from gui.explore.columns_model import BARS, COLUMN, DISTINCT, FIRST, MISSING, NAMES
from tests.core.statistics._columns import category, date, number
from tests.gui.panels._explore import explored, give, view

NAN = float("nan")


@pytest.fixture
def columns(qtbot: QtBot, context: AppContext) -> Iterator[ColumnsView]:
    panel = explored(qtbot, context, "iris")
    yield view(qtbot, panel, context, ColumnsView)
    panel.close()


def line(columns: ColumnsView, place: int) -> dict[str, str]:
    return {name: columns.model.index(place, section).data() for section, name in enumerate(NAMES)}


def names(columns: ColumnsView) -> list[str]:
    return [columns.model.index(place, COLUMN).data() for place in range(columns.model.rowCount())]


def click(qtbot: QtBot, columns: ColumnsView, section: int) -> None:
    heads = columns.table.horizontalHeader()
    columns.table.scrollTo(columns.model.index(0, section))
    at = QPoint(heads.sectionViewportPosition(section) + 8, heads.height() // 2)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_every_column_has_its_measures(columns: ColumnsView) -> None:
    assert line(columns, 0) == {
        "Column": "sepal length (cm)", "Distribution": "", "Missing": "0", "Distinct": "35", "Mean": "5.843",
        "Deviation": "0.825", "Min": "4.300", "25 %": "5.100", "Median": "5.800", "75 %": "6.400", "Max": "7.900"}
    assert line(columns, 4)["Distinct"] == "3"
    assert line(columns, 4)["Mean"] == ""


def test_a_click_on_a_head_sorts_the_columns_by_a_measure(qtbot: QtBot, columns: ColumnsView) -> None:
    click(qtbot, columns, FIRST)
    assert names(columns) == ["petal width (cm)", "sepal width (cm)", "petal length (cm)", "sepal length (cm)",
                              "species"]
    click(qtbot, columns, FIRST)
    assert names(columns)[0] == "sepal length (cm)"
    assert names(columns)[-1] == "species"
    click(qtbot, columns, FIRST)
    assert names(columns)[0] == "sepal length (cm)"
    click(qtbot, columns, COLUMN)
    assert names(columns) == sorted(names(columns))


def test_what_is_missing_or_infinite_is_told(qtbot: QtBot, context: AppContext,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([1, NAN, float("inf"), 2]), category([0, 1, -1, 2])))
    columns = view(qtbot, _panel := explored(qtbot, context, "iris"), context, ColumnsView)
    assert columns.model.index(0, MISSING).data() == "1 (25.0 %) + 1 ∞"
    assert columns.model.index(1, MISSING).data() == "1 (25.0 %)"
    assert columns.model.index(0, DISTINCT).data() == "3"


def test_dates_are_measured_as_days(qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (date(["2024-01-01", "2024-02-01", "2024-03-01"]), category([0, 1, 2])))
    columns = view(qtbot, _panel := explored(qtbot, context, "iris"), context, ColumnsView)
    found = line(columns, 0)
    assert (found["Min"], found["Median"], found["Max"]) == ("2024-01-01", "2024-02-01", "2024-03-01")
    assert found["Deviation"] == "24.5 days"


def test_the_bars_are_in_the_colours_of_the_classes(columns: ColumnsView, context: AppContext) -> None:
    tokens = context.theme.tokens
    place = columns.table.visualRect(columns.model.index(4, BARS))
    columns.table.scrollTo(columns.model.index(4, BARS))
    place = columns.table.visualRect(columns.model.index(4, BARS))
    image = columns.table.viewport().grab().toImage()
    inside = place.adjusted(6, 5, -10, -6)
    at = [QPoint(inside.left() + round(inside.width() * share), inside.center().y()) for share in (0.17, 0.5, 0.83)]
    assert [image.pixelColor(point).name() for point in at] == [tokens.class_colour(number) for number in range(3)]


def test_the_pointer_on_a_bar_tells_its_values_and_how_many_rows_of_each_class_it_has(columns: ColumnsView) -> None:
    rect = QRectF(0, 0, 116, 40)
    assert columns.delegate.tip(rect, QPointF(20, 20), 4) == "setosa: 50\nsetosa: 50"
    first = columns.delegate.tip(rect, QPointF(7, 20), 2)
    assert first.splitlines() == ["1.0000 to 1.2458: 4", "setosa: 4"]
    assert columns.delegate.tip(rect, QPointF(115, 20), 2) == ""


def test_bars_of_few_whole_numbers_are_called_by_them() -> None:
    from core.statistics import summarise

    column = number([3, 4, 4])
    assert bars.span(column, summarise((column,))[0], 1) == "4"
    same = number([0.25, 0.25])
    assert bars.span(same, summarise((same,))[0], 0) == "0.2500"


def test_ten_thousand_columns_are_all_there(qtbot: QtBot, context: AppContext,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    from core.preprocessing import Column, ColumnSpec

    wide = Column(ColumnSpec("x", shape=(10_000,), parts=tuple(f"gene {i}" for i in range(10_000))),
                  np.random.default_rng(0).normal(size=(20, 10_000)).astype(np.float32))
    give(monkeypatch, (wide, category(np.arange(20) % 3)))
    columns = view(qtbot, panel := explored(qtbot, context, "iris"), context, ColumnsView)
    assert columns.model.rowCount() == 10_001
    assert panel.store.complete
    columns.table.scrollToBottom()
    panel.grab()


def test_the_exported_numbers_are_those_of_the_data(columns: ColumnsView) -> None:
    exported = columns.exports()
    assert exported is not None
    heads, rows = exported.table()
    assert heads == [name for name in NAMES if name != "Distribution"]
    assert rows[0][heads.index("Mean")] == pytest.approx(5.843333, abs=1e-5)
    assert len(rows) == 5
