"""What is seen of the data is right, in place, and alike everywhere."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS
from core.graph import edits
from core.params import Kind
from gui.curves import grid
from gui.curves.invitation import BUILD
from gui.data.columns_list import HEIGHT, MOST
from gui.explore.bars import colours
from gui.explore.scatter import ScatterView
from gui.explore.table import WIDTH, TableView
from gui.forms.field_label import FieldLabel
from gui.forms.number_editor import NumberEditor, NumberField
from gui.main_window import MainWindow
from gui.pad.look import class_colour
from gui.panels.curves import CurvesPanel
from gui.panels.data import DataPanel
from gui.panels.explore import ExplorePanel
from gui.panels.try_it import TryPanel
from gui.status import StatusLine
from gui.theme.tokens import LIGHT
from gui.trying.typed import Typed


@pytest.fixture
def panel(window: MainWindow) -> DataPanel:
    window.docks.show("data")
    found = window.panels["data"]
    assert isinstance(found, DataPanel)
    return found


@pytest.fixture
def explore(window: MainWindow) -> ExplorePanel:
    window.docks.show("explore")
    found = window.panels["explore"]
    assert isinstance(found, ExplorePanel)
    return found


def choose(window: MainWindow, kind: str, **params: object) -> None:
    source = Kind(kind, DATASETS[kind](**params).config())
    window.context.edit("Change data", lambda doc: edits.set_data(doc, {"source": source}))


def await_rows(explore: ExplorePanel, qtbot: QtBot, name: str) -> None:
    """Wait until the last column of the data in sight is called that."""
    def arrived() -> bool:
        explore.on_tick()
        frame = explore.store.frame
        return frame is not None and frame.columns[-1].spec.name == name and explore.view is not None

    qtbot.waitUntil(arrived, timeout=20_000)


def test_two_classes_have_the_same_colours_wherever_they_are_shown() -> None:
    shown = [QColor(LIGHT.label_colour(label, 2)) for label in (0, 1)]
    assert shown == [QColor(LIGHT.negative), QColor(LIGHT.positive)]
    assert colours(3, 2, LIGHT)[:2] == shown
    assert [QColor(class_colour(label, 2, LIGHT)) for label in (0, 1)] == shown


def test_the_plane_is_as_wide_as_its_points_and_a_circle_is_round(explore: ExplorePanel, window: MainWindow,
                                                                  qtbot: QtBot) -> None:
    choose(window, "circle")
    await_rows(explore, qtbot, "class")
    view = explore.view
    assert isinstance(view, ScatterView)
    (left, right), (low, high) = view.plot.vb.viewRange()
    assert (right - left) / (high - low) == pytest.approx(view.board.inside / view.board.tall, rel=0.02)
    assert right < 10


def test_columns_of_other_data_do_not_keep_the_widths_of_those_before(explore: ExplorePanel, window: MainWindow,
                                                                      qtbot: QtBot) -> None:
    choose(window, "sentences")
    await_rows(explore, qtbot, "sentiment")
    explore.look_at(TableView.title)
    assert isinstance(explore.view, TableView)
    assert explore.view.table.columnWidth(0) > 2 * WIDTH
    choose(window, "adding")
    await_rows(explore, qtbot, "sum")
    assert isinstance(explore.view, TableView)
    assert explore.view.table.columnWidth(0) == WIDTH


def test_nothing_is_said_of_data_that_cannot_be_read(panel: DataPanel, window: MainWindow, qtbot: QtBot) -> None:
    assert panel.task.isVisible()
    choose(window, "table", path="/nowhere/at/all.csv")
    qtbot.waitUntil(lambda: window.context.report.spec is None and not window.context.desk.busy)
    assert not panel.task.isVisible()
    window.context.history.undo()
    assert panel.task.isVisible()


def test_the_line_at_the_bottom_tells_of_the_present_data_without_a_network(window: MainWindow) -> None:
    choose(window, "spiral", samples=60)
    line = window.statusBar()
    assert isinstance(line, StatusLine)
    assert line.data.text() == "Spiral: 60 samples, 2 numbers, 2 classes"


def test_a_list_of_a_few_columns_is_shown_whole(panel: DataPanel, window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "diabetes")
    view = panel.columns.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 14)
    assert view.height() == 14 * HEIGHT
    choose(window, "make_classification")
    qtbot.waitUntil(lambda: view.model().rowCount() > MOST)
    assert view.height() < MOST * HEIGHT


def test_one_of_a_unit_is_said_as_one(panel: DataPanel, window: MainWindow) -> None:
    choose(window, "time_series")
    edited = panel.source.editor("horizon")
    assert isinstance(edited, NumberEditor)
    assert isinstance(edited.field, NumberField)
    assert edited.field.text() == "1 row"
    edited.step(1)
    assert edited.field.text() == "2 rows"
    line = edited.field.line
    line.selectAll()
    QTest.keyClicks(line, "1 row")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.context.document.data["source"].params["horizon"] == 1


def test_curves_fill_their_panel_after_another_number_of_charts(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.panels["curves"]
    assert isinstance(panel, CurvesPanel)
    for both in (True, False, True):
        grid.place(panel.board, panel.charts, (panel.loss, panel.score)[: 1 + both], 1)
        assert panel.board.layout_item.geometry().height() == panel.board.view.height()


def test_explore_gives_the_canvas_its_height_back_when_it_goes(window: MainWindow, qtbot: QtBot) -> None:
    before = window.canvas.height()
    window.docks.show("explore")
    qtbot.waitUntil(lambda: window.canvas.height() < before - 60)
    window.docks.docks["explore"].hide()
    qtbot.waitUntil(lambda: abs(window.canvas.height() - before) <= 12)


def test_what_is_said_of_the_network_before_goes_with_it(window: MainWindow) -> None:
    window.files.open_example("perceptron-xor")
    window.context.trainer.epoch = 7
    window.files.new()
    assert window.context.trainer.epoch == 0
    panel = window.panels["curves"]
    assert isinstance(panel, CurvesPanel)
    assert panel.board.message.text() == BUILD


def test_long_names_of_columns_are_not_cut_off(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, "wine")
    window.docks.show("try")
    panel = window.panels["try"]
    assert isinstance(panel, TryPanel)
    qtbot.waitUntil(lambda: isinstance(panel.way, Typed))
    assert panel.way is not None
    label = next(one for one in panel.way.findChildren(FieldLabel) if one.text() == "proanthocyanins")
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
