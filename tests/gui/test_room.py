"""Panels, tabs and the canvas share the window so that everything in it can be read."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from gui.canvas.zoom_bar import ZoomBar
from gui.curves import grid
from gui.main_window import MainWindow
from gui.panels.curves import CurvesPanel
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.caption import Caption, Reading
from gui.plots.chart import Chart
from gui.theme import fonts, palette
from gui.theme.tokens import LIGHT

ROW = ("curves", "boundary", "weights", "confusion")


@pytest.fixture
def sized(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window at the size that everything must suit, with a network of three rows."""
    window.resize(1280, 800)
    window.files.open_example("spiral")
    qtbot.waitUntil(lambda: not window.docks.room.pending)
    return window


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.docks.room.pending)
    qtbot.wait(30)


def tab_bar(window: MainWindow, title: str) -> QTabBar:
    """The row of tabs that has this one."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return next(bar for bar in bars if bar.isVisible() and title in [bar.tabText(i) for i in range(bar.count())])


def cards(window: MainWindow) -> list[QRect]:
    """Where the cards stand in the view."""
    view = window.canvas
    return [view.mapFromScene(item.card()).boundingRect() for item in view.canvas_scene.nodes.values()]


def test_the_zoom_control_covers_no_card_after_fit(sized: MainWindow, qtbot: QtBot) -> None:
    sized.canvas.fit()
    bar = next(iter(sized.canvas.findChildren(ZoomBar)))
    assert not [card for card in cards(sized) if card.intersects(bar.geometry())]
    room = sized.canvas.viewport().rect()
    assert all(room.contains(card) for card in cards(sized))


def test_what_was_brought_into_view_stays_there_when_a_panel_takes_room(sized: MainWindow, qtbot: QtBot) -> None:
    sized.canvas.fit()
    before = sized.canvas.zoom
    sized.docks.show("explore")
    settle(sized, qtbot)
    room = sized.canvas.viewport().rect()
    assert sized.canvas.zoom < before
    assert all(room.contains(card) for card in cards(sized))


def test_what_somebody_looks_at_does_not_move_when_a_panel_takes_room(sized: MainWindow, qtbot: QtBot) -> None:
    sized.canvas.fit()
    sized.canvas.pan_by(QPoint(-60, -40))
    before = sized.canvas.zoom
    sized.docks.show("explore")
    settle(sized, qtbot)
    assert sized.canvas.zoom == before


def test_the_row_gets_the_height_back_that_somebody_has_given_it(sized: MainWindow, qtbot: QtBot) -> None:
    row = sized.docks.docks["curves"]
    sized.resizeDocks([row], [310], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: row.height() == 310)
    sized.docks.show("explore")
    settle(sized, qtbot)
    assert row.height() < 250
    sized.docks.docks["explore"].hide()
    qtbot.waitUntil(lambda: row.height() == 310)


def test_the_tabs_of_a_stack_can_be_read_as_it_grows(sized: MainWindow, qtbot: QtBot) -> None:
    for name in ("scores", "predictions"):
        sized.docks.show(name)
        settle(sized, qtbot)
    bar = tab_bar(sized, "Predictions")
    assert [bar.tabText(place) for place in range(bar.count())] == ["Confusion", "Scores", "Predictions"]
    assert bar.width() >= bar.sizeHint().width()


def test_a_stack_that_somebody_made_narrow_stays_so(sized: MainWindow, qtbot: QtBot) -> None:
    sized.docks.show("scores")
    settle(sized, qtbot)
    stack = sized.docks.docks["scores"]
    sized.resizeDocks([stack, sized.docks.docks["boundary"]], [140, 260], Qt.Orientation.Horizontal)
    settle(sized, qtbot)
    width = stack.width()
    sized.docks.docks["confusion"].raise_()
    settle(sized, qtbot)
    assert sized.docks.docks["confusion"].width() == width < 170


def test_choices_stand_at_one_height_above_all_plots(sized: MainWindow, qtbot: QtBot) -> None:
    sized.docks.show("scores")
    settle(sized, qtbot)
    shown = [sized.panels[name] for name in (*ROW[:3], "scores")]
    assert len({panel.mapTo(sized, QPoint(0, 0)).y() for panel in shown}) == 1


def test_a_panel_is_called_by_its_whole_name_except_on_its_tab(window: MainWindow) -> None:
    dock = window.docks.docks["confusion"]
    assert dock.windowTitle() == "Confusion"
    assert dock.toggleViewAction().text() == "Confusion matrix"


def test_in_a_low_panel_one_chart_can_be_read_instead_of_none(window: MainWindow) -> None:
    assert [grid.rows_for(height) for height in (30.0, 95.0, 140.0, 260.0)] == [1, 1, 3, 6]
    panel = window.panels["curves"]
    assert isinstance(panel, CurvesPanel)
    for chart in panel.charts[0], panel.score:
        chart.extend({name: np.array([0.5]) for name in ("epoch", *chart.columns)})
    panel.board.view.resize(190, 90)
    panel.arrange()
    assert panel.placed == (panel.loss,)
    panel.board.view.resize(190, 200)
    panel.arrange()
    assert panel.placed == panel.charts


def test_a_title_without_room_becomes_short_before_it_is_cut(theme: palette.Theme) -> None:
    caption = Caption(LIGHT)
    caption.say("Validation, 88 samples", (Reading("0.464", "R²"),), short="88 samples")
    metrics = QFontMetricsF(fonts.font(LIGHT, small=True))
    assert caption._fitting(metrics, 400.0)[0] == "Validation, 88 samples"
    assert caption._fitting(metrics, 130.0) == ("88 samples", caption.readings, 2)


@pytest.mark.parametrize(("text", "shown"), [("-0.5", "−0.5"), ("-1 → -.5", "−1 → −.5"), ("2024-05-06", "2024-05-06"),
                                             ("x-1", "x-1"), ("1e-05", "1e-05")])
def test_numbers_have_a_true_minus_sign_and_words_keep_their_hyphens(text: str, shown: str) -> None:
    assert numbers.with_minus(text) == shown


def test_a_chart_told_at_a_place_keeps_its_name(theme: palette.Theme) -> None:
    chart = Chart(LIGHT, "Accuracy", ("value",), str, "100 %", Axis("left"))
    chart.read(None)
    assert (chart.caption.title, chart.caption.short) == ("Accuracy", "Acc.")
    chart.read(3.0, "epoch 3")
    assert (chart.caption.title, chart.caption.short) == ("Accuracy, epoch 3", "Acc., 3")
    chart.read(3.0, "1.2 s")
    assert chart.caption.short == "Acc., 1.2 s"
