"""The table shows every row, sorts them, finds them, and gives columns their roles."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from core.preprocessing import Column, ColumnSpec
from gui.context import AppContext
from gui.explore import words
from gui.explore.header import role_colour
from gui.explore.table import TableView
from gui.panels.explore import ExplorePanel
from tests.core.statistics._columns import category, date, number, text
from tests.gui.conftest import texts
from tests.gui.panels._explore import explored, give, settled, view

NAN = float("nan")


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ExplorePanel:
    return explored(qtbot, context, "iris")


@pytest.fixture
def table(qtbot: QtBot, context: AppContext, panel: ExplorePanel) -> TableView:
    return view(qtbot, panel, context, TableView)


def column(table: TableView, place: int, count: int = 5) -> list[str]:
    return [table.model.index(line, place).data() for line in range(count)]


def click(qtbot: QtBot, table: TableView, place: int) -> None:
    at = QPoint(table.heads.sectionViewportPosition(place) + 30, 10)
    qtbot.mouseClick(table.heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: not table.store.context.desk.busy, timeout=60_000)


def test_every_value_stands_in_its_row_and_column(table: TableView) -> None:
    assert table.model.rowCount() == 150
    assert table.model.columnCount() == 5
    assert column(table, 0) == ["5.1", "4.9", "4.7", "4.6", "5.0"]
    assert column(table, 4)[0] == "setosa"
    assert table.model.headerData(149, Qt.Orientation.Vertical) == "150"


def test_a_click_on_a_head_sorts_upwards_then_downwards_then_not_at_all(qtbot: QtBot, table: TableView) -> None:
    click(qtbot, table, 0)
    assert column(table, 0) == ["4.3", "4.4", "4.4", "4.4", "4.5"]
    click(qtbot, table, 0)
    assert column(table, 0) == ["7.9", "7.7", "7.7", "7.7", "7.7"]
    click(qtbot, table, 0)
    assert column(table, 0) == ["5.1", "4.9", "4.7", "4.6", "5.0"]


def test_sorted_rows_keep_their_numbers(qtbot: QtBot, table: TableView) -> None:
    click(qtbot, table, 0)
    assert table.model.headerData(0, Qt.Orientation.Vertical) == "14"


def test_enter_goes_to_the_row_with_that_number_wherever_it_stands(qtbot: QtBot, table: TableView) -> None:
    click(qtbot, table, 0)
    table.jump.setFocus()
    qtbot.keyClicks(table.jump, "132")
    qtbot.keyClick(table.jump, Qt.Key.Key_Return)
    selected = table.table.selectionModel().selectedRows()
    assert [table.model.row_at(index.row()) for index in selected] == [131]
    assert table.table.visualRect(selected[0]).intersects(table.table.viewport().rect())


@pytest.mark.parametrize(("typed", "row"), [("1,000", 149), ("0", None), ("abc", None), ("", None)])
def test_a_row_that_is_not_there_is_the_last_one_or_none(qtbot: QtBot, table: TableView, typed: str,
                                                         row: int | None) -> None:
    qtbot.keyClicks(table.jump, typed)
    qtbot.keyClick(table.jump, Qt.Key.Key_Return)
    found = [index.row() for index in table.table.selectionModel().selectedRows()]
    assert found == ([] if row is None else [row])


def test_a_column_gets_another_role_in_one_step_that_can_be_undone(qtbot: QtBot, context: AppContext,
                                                                   panel: ExplorePanel, table: TableView) -> None:
    menu = table.role_menu(1)
    assert texts(menu)[:3] == ["Input", "Target", "Ignore"]
    assert menu.actions()[0].isChecked()
    menu.actions()[2].trigger()
    settled(qtbot, panel, context)
    assert dict(context.document.data["roles"]) == {"sepal width (cm)": "ignore"}
    assert table.frame.role(1, panel.store.roles) == "ignore"
    assert context.history.undo_label == "Use sepal width (cm) as Ignore"
    context.history.undo()
    settled(qtbot, panel, context)
    assert table.frame.role(1, panel.store.roles) == "input"
    menu.close()


def test_another_target_takes_the_place_of_the_former_one(qtbot: QtBot, context: AppContext, panel: ExplorePanel,
                                                          table: TableView) -> None:
    table.give_role("petal width (cm)", "target")
    settled(qtbot, panel, context)
    roles = [table.frame.role(place, panel.store.roles) for place in range(5)]
    assert roles == ["input", "input", "input", "target", "input"]
    assert panel.store.labels is None


def test_the_right_button_on_a_head_offers_the_roles(table: TableView, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    at = QPoint(table.heads.sectionViewportPosition(1) + 30, 10)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, table.heads.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.heads.viewport(), event)
    assert texts(shown[0]) == ["Input", "Target", "Ignore", "Sort Ascending", "Sort Descending", "Order of the Data"]


def test_the_pixels_of_pictures_have_no_role_of_their_own(qtbot: QtBot, context: AppContext) -> None:
    table = view(qtbot, panel := explored(qtbot, context, "digits"), context, TableView)
    assert panel.store.frame is not None
    menu = table.role_menu(3)
    assert not any(action.isEnabled() for action in menu.actions()[:3])
    menu.close()


def test_the_heads_show_the_roles_in_their_colours(table: TableView, context: AppContext) -> None:
    tokens = context.theme.tokens
    image = table.heads.viewport().grab().toImage()
    foot = image.height() - 2
    reached = [image.pixelColor(table.heads.sectionViewportPosition(place) + 20, foot) for place in (0, 1)]
    assert reached[0] == reached[1]
    table.store.roles = {"sepal width (cm)": "target"}
    table.heads.viewport().update()
    image = table.heads.viewport().grab().toImage()
    assert image.pixelColor(table.heads.sectionViewportPosition(1) + 20, foot) != reached[1]
    assert len({role_colour(tokens, role) for role in ("input", "target", "ignore")}) == 3


def test_missing_values_are_empty_and_say_so(qtbot: QtBot, context: AppContext,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, (number([1.5, NAN]), category([-1, 0]), text(["", "a"]), date(["NaT", "2020-02-03"])))
    table = view(qtbot, _panel := explored(qtbot, context, "iris"), context, TableView)
    rows = [[table.model.index(line, place).data() for place in range(4)] for line in range(2)]
    assert rows == [["1.5", "", "", ""], ["", "a", "a", "2020-02-03"]]
    assert table.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "missing"


def test_the_part_of_every_row_is_told_once_it_is_known(qtbot: QtBot, context: AppContext) -> None:
    panel = explored(qtbot, context, "iris", validation=0.2)
    panel.prepared.setChecked(True)
    settled(qtbot, panel, context)
    table = view(qtbot, panel, context, TableView)
    assert table.model.part_of(0) == 0
    assert table.model.part_of(149) == 1
    tip = table.model.headerData(149, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Validation part"
    table.numbers.viewport().grab()


def test_only_what_is_seen_of_a_large_table_is_written(qtbot: QtBot, context: AppContext,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.zeros((1_000_000, 4), np.float32)
    parts = tuple("abcd")
    give(monkeypatch, (Column(ColumnSpec("x", shape=(4,), parts=parts), values), category(np.zeros(1_000_000, int))))
    written: list[int] = []
    cell = words.cell
    monkeypatch.setattr(words, "cell", lambda *rest: written.append(rest[1]) or cell(*rest))
    table = view(qtbot, panel := explored(qtbot, context, "iris"), context, TableView)
    panel.grab()
    table.table.scrollToBottom()
    panel.grab()
    assert 999_999 in written
    assert len(set(written)) < 100
    frame = panel.store.frame
    assert frame is not None
    assert np.shares_memory(frame.columns[2].values, values)


@pytest.mark.parametrize(("values", "places"), [
    ([1, 2, 3], 0), ([0.5, 1.25], 2), ([1 / 3], 5), ([123456.789], 0), ([], 0), ([NAN], 0), ([0.1, 0.2], 1)])
def test_a_column_has_the_digits_that_tell_its_numbers_apart(values: list[float], places: int) -> None:
    assert words.digits(np.asarray(values, np.float32)) == places


@pytest.mark.parametrize(("value", "text"), [
    (-0.5, "−0.50"), (1234.5, "1,234.50"), (float("inf"), "∞"), (-float("inf"), "−∞"), (NAN, ""), (3e12, "3.000e+12")])
def test_numbers_are_written_with_fixed_digits(value: float, text: str) -> None:
    assert words.number(value, 2) == text


@pytest.mark.parametrize(("source", "shown"), [("brackets", "0 0 "), ("mnist", "784"), ("adding", "20 × 2")])
def test_a_short_array_is_written_out_and_a_long_one_told_by_its_size(source: str, shown: str) -> None:
    shapes = {"brackets": (16,), "mnist": (784,), "adding": (20, 2)}
    column = Column(ColumnSpec("x", shape=shapes[source]), np.zeros((1, *shapes[source]), np.float32))
    assert words.cell(column, 0, 2).startswith(shown)


def test_numbers_that_stand_for_words_are_read_as_these() -> None:
    spec = ColumnSpec("x", shape=(4,), tokens=3, words=("·", "(", ")"))
    assert words.cell(Column(spec, np.array([[0, 0, 1, 2]], np.float32)), 0, 0) == "· · ( )"
    long = Column(replace(spec, shape=(30,)), np.ones((1, 30), np.float32))
    assert words.cell(long, 0, 0) == " ".join(["("] * words.FIRST) + " …"
