"""What is magnified is drawn no farther than it is seen."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.plots import picture
from gui.plots.axis import Axis
from gui.plots.board import Board, quiet_plot
from gui.plots.heat_map import HeatMap
from gui.plots.zoom import Zoom
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.palette import Theme
from gui.weights.mosaic import Mosaic


@pytest.fixture
def zoom(qtbot: QtBot, theme: Theme) -> Iterator[Zoom]:
    board = Board(theme.tokens)
    qtbot.addWidget(board)
    plot = quiet_plot(Axis("left"), Axis("bottom"))
    plot.vb.invertY(True)
    board.layout_item.addItem(plot, 0, 0)
    board.show_plots()
    board.resize(600, 400)
    zoom = Zoom(plot)
    with qtbot.waitExposed(board):
        board.show()
    yield zoom
    board.close()


def magnify(zoom: Zoom, area: QRectF) -> None:
    zoom.plot.vb.setRange(area, padding=0)
    zoom.plot.vb.sigRangeChangedManually.emit([True, True])


def test_only_the_values_in_sight_are_written(zoom: Zoom, theme: Theme) -> None:
    shown, written = HeatMap(), set()
    shown.restyle(fonts.font(theme.tokens, small=True), theme.tokens.plot)
    shown.sample = "0.00"
    shown.write = lambda row, column: written.add((row, column)) or "0.00"  # type: ignore[func-returns-value]
    zoom.plot.addItem(shown)
    colours = picture.with_gap(diverging_lut(theme.tokens, picture.LEVELS), theme.tokens.plot_grid)
    shown.draw(np.zeros((500, 500), np.intp), colours, QRectF(0, 0, 500, 500))
    zoom.show(QRectF(0, 0, 500, 500))
    zoom.plot.getViewWidget().grab()
    assert not written
    magnify(zoom, QRectF(100, 200, 5, 4))
    zoom.plot.getViewWidget().grab()
    assert written == {(row, column) for row in range(200, 204) for column in range(100, 105)}


def test_a_magnified_map_has_the_colours_of_its_cells_where_they_are(zoom: Zoom, theme: Theme) -> None:
    shown = HeatMap()
    zoom.plot.addItem(shown)
    colours = picture.with_gap(diverging_lut(theme.tokens, picture.LEVELS), theme.tokens.plot_grid)
    codes = np.random.default_rng(0).integers(0, picture.LEVELS, (40, 60))
    shown.draw(codes, colours, QRectF(0, 0, 60, 40))
    zoom.show(QRectF(0, 0, 60, 40))
    magnify(zoom, QRectF(10.5, 20.25, 4, 3))
    view = zoom.plot.getViewWidget()
    image = view.grab().toImage()
    for row, column in ((21, 11), (22, 13), (21, 13)):
        at = view.mapFromScene(zoom.plot.vb.mapViewToScene(QRectF(column, row, 1, 1).center()))
        assert image.pixelColor(at).rgba() == int(colours[codes[row, column]])


def test_only_the_pixels_in_sight_are_written(zoom: Zoom, theme: Theme) -> None:
    mosaic, written = Mosaic(), set()
    mosaic.font, mosaic.sample = fonts.font(theme.tokens, small=True), "0.00"
    mosaic.write = lambda *at: written.add(at) or "0.00"  # type: ignore[func-returns-value]
    zoom.plot.addItem(mosaic)
    mosaic.draw(np.full((6, 10, 10), 0xFFFFFFFF, np.uint32))
    mosaic.arrange(600, 400)
    zoom.show(mosaic.area)
    magnify(zoom, mosaic.place(4).adjusted(2, 3, -4, -4))
    zoom.plot.getViewWidget().grab()
    assert written == {(4, row, column) for row in range(3, 6) for column in range(2, 6)}


def test_the_grid_has_the_columns_with_which_pictures_are_largest() -> None:
    mosaic = Mosaic()
    mosaic.draw(np.zeros((12, 5, 5), np.uint32))
    mosaic.arrange(400, 300)
    assert mosaic.columns == 4
    mosaic.arrange(1200, 100)
    assert mosaic.columns == 12
    for number in range(12):
        assert mosaic.at(mosaic.place(number).center()) == (number, 2, 2)
    assert mosaic.at(mosaic.place(0).topLeft() * 0.5) is None


def test_another_whole_is_shown_whole(zoom: Zoom) -> None:
    zoom.show(QRectF(0, 0, 10, 10))
    magnify(zoom, QRectF(1, 1, 3, 3))
    zoom.show(QRectF(0, 0, 10, 10))
    assert zoom.plot.vb.viewRange() == [[1, 4], [1, 4]]
    zoom.show(QRectF(0, 0, 20, 5))
    assert zoom.plot.vb.viewRange() == [[0, 20], [0, 5]]
