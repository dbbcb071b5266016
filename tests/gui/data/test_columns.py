"""Columns get their roles by buttons, by dragging and by keys."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS
from core.graph import edits, roles
from core.graph.roles import columns_of, roles_of
from core.params import Kind
from core.preprocessing import ColumnSpec
from gui.data.columns import ColumnsSection
from gui.data.columns_list import ColumnsView
from gui.data.columns_model import ColumnsModel, Line
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.core._build import xor
from tests.gui.conftest import delete_now, texts

LEFT = Qt.MouseButton.LeftButton
PETAL = "petal width (cm)"
SEPAL = "sepal width (cm)"


@pytest.fixture
def section(window: MainWindow) -> ColumnsSection:
    window.context.history.restart(edits.set_data(xor(), {"source": "iris"}))
    window.docks.show("data")
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    window.activateWindow()
    QApplication.processEvents()
    return panel.columns


def role(window: MainWindow, name: str) -> str:
    document = window.context.document
    return roles_of(document, columns_of(document))[name]


def test_the_columns_stand_in_groups_by_their_roles(section: ColumnsSection) -> None:
    assert section.isVisible()
    assert [line.spec.name if isinstance(line, Line) else line.text for line in section.model.lines] == [
        "Inputs", "sepal length (cm)", SEPAL, "petal length (cm)", PETAL, "Target", "species", "Ignored"]


@pytest.mark.parametrize("source", ["xor", "spiral", "digits"])
def test_where_there_is_nothing_to_choose_there_is_no_list(window: MainWindow, section: ColumnsSection,
                                                            source: str) -> None:
    window.context.edit("Data", lambda doc: edits.set_data(doc, {"source": source}))
    assert not section.isVisible()


def test_a_button_ignores_a_column_in_one_undo_step(window: MainWindow, section: ColumnsSection) -> None:
    QTest.mouseClick(section.view.viewport(), LEFT, pos=section.view.place_of(SEPAL, "ignore"))
    assert role(window, SEPAL) == "ignore"
    assert window.context.report.spec is not None
    assert window.context.report.spec.shape == (3,)
    window.context.history.undo()
    assert role(window, SEPAL) == "input"
    assert not window.context.history.can_undo


def test_the_target_button_makes_it_the_only_target(window: MainWindow, section: ColumnsSection) -> None:
    QTest.mouseClick(section.view.viewport(), LEFT, pos=section.view.place_of(PETAL, "target"))
    assert (role(window, PETAL), role(window, "species")) == ("target", "input")
    window.context.history.undo()
    assert role(window, "species") == "target"


def test_the_button_of_the_present_role_changes_nothing(window: MainWindow, section: ColumnsSection) -> None:
    QTest.mouseClick(section.view.viewport(), LEFT, pos=section.view.place_of(PETAL, "input"))
    assert not window.context.history.can_undo


def drag(view: ColumnsView, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(0, 20))
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)


def test_dragging_into_another_group_changes_the_role(window: MainWindow, section: ColumnsSection) -> None:
    drag(section.view, section.view.place_of(SEPAL), section.view.place_of_group("ignore"))
    assert role(window, SEPAL) == "ignore"
    drag(section.view, section.view.place_of(SEPAL), section.view.place_of(PETAL))
    assert role(window, SEPAL) == "input"


def test_dragging_takes_all_that_are_selected(window: MainWindow, section: ColumnsSection) -> None:
    view = section.view
    QTest.mouseClick(view.viewport(), LEFT, pos=view.place_of(SEPAL))
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, view.place_of(PETAL))
    assert sorted(view.names) == [PETAL, SEPAL]
    drag(view, view.place_of(PETAL), view.place_of_group("ignore"))
    assert {role(window, PETAL), role(window, SEPAL)} == {"ignore"}
    window.context.history.undo()
    assert {role(window, PETAL), role(window, SEPAL)} == {"input"}
    assert not window.context.history.can_undo


def test_keys_change_the_role_and_stay_at_the_column(window: MainWindow, section: ColumnsSection) -> None:
    section.view.setFocus()
    section.view.point_at(SEPAL)
    QTest.keyClick(section.view, Qt.Key.Key_Right)
    assert role(window, SEPAL) == "target"
    QTest.keyClick(section.view, Qt.Key.Key_Right)
    assert role(window, SEPAL) == "ignore"
    QTest.keyClick(section.view, Qt.Key.Key_Right)
    QTest.keyClick(section.view, Qt.Key.Key_Left)
    assert role(window, SEPAL) == "target"
    assert section.view.names == [SEPAL]


@pytest.fixture
def menus(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[QMenu]]:
    """The menus that would pop up: the platform of the tests has no pop-ups."""
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    yield shown
    for menu in shown:
        menu.deleteLater()
    delete_now()


def test_a_click_on_the_type_opens_a_menu_that_moves_the_column(window: MainWindow, section: ColumnsSection,
                                                                menus: list[QMenu]) -> None:
    place = QPoint(12, section.view.place_of(PETAL).y())
    QTest.mouseClick(section.view.viewport(), LEFT, pos=place)
    assert texts(menus[0]) == ["Move to Inputs", "Move to Target", "Move to Ignored"]
    menus[0].actions()[2].trigger()
    assert role(window, PETAL) == "ignore"


def test_the_type_of_a_column_of_a_table_is_changed_by_the_right_click(
        window: MainWindow, section: ColumnsSection, menus: list[QMenu], tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "people.csv"
    file.write_text("age,floor,member\n" + "".join(f"{20 + n},{n % 3},{'yes' if n % 2 else 'no'}\n" for n in range(40)))
    panel = window.panels["data"]
    panel.chooser.take(Kind("table", DATASETS["table"](path=str(file)).config()))
    qtbot.waitUntil(lambda: window.context.document.data["source"].kind == "table")
    panel.columns.show_document(window.context.document)
    at = section.view.place_of("floor")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, section.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(section.view.viewport(), event)
    entry = next(action for action in menus[0].actions() if action.text() == "Read as Category")
    entry.trigger()
    assert dict(window.context.document.data["source"].params["types"]) == {"floor": "category"}
    window.context.history.undo()
    assert dict(window.context.document.data["source"].params["types"]) == {}


def test_a_search_appears_where_there_are_many_columns(window: MainWindow, section: ColumnsSection) -> None:
    assert not section.search.isVisible()
    window.context.edit("Data", lambda doc: edits.set_data(doc, {"source": "wine"}))
    assert section.search.isVisible()
    QTest.keyClicks(section.search, "phenols")
    names = [line.spec.name for line in section.model.lines if isinstance(line, Line)]
    assert len(names) > 1
    assert all("phenols" in name for name in names)


def test_missing_values_are_told() -> None:
    line = Line(ColumnSpec("age", missing=1200), "input")
    assert "1,200 missing" in line.spoken


def test_ten_thousand_columns_are_painted_a_screen_at_a_time(qtbot: QtBot, section: ColumnsSection) -> None:
    model = ColumnsModel()
    view = ColumnsView(model)
    qtbot.addWidget(view)
    specs = tuple(ColumnSpec(f"gene {number}") for number in range(10_000))
    model.put(specs, dict.fromkeys((spec.name for spec in specs), "input"))
    asked: list[int] = []
    paint = view.itemDelegate().paint
    view.itemDelegate().paint = lambda painter, option, index: (asked.append(index.row()),
                                                                paint(painter, option, index))[0]
    view.resize(280, 300)
    view.show()
    view.scrollToBottom()
    view.grab()
    assert model.rowCount() == 10_003
    assert max(asked) > 9_990
    assert len(set(asked)) < 100


def test_the_type_of_a_column_is_changed_where_the_source_lets_it_be() -> None:
    assert roles.types_of(edits.set_data(edits.empty(), {"source": "iris"})) == {}
