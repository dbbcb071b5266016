"""Histograms over time stand one behind the other, and the pointer reads them."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, quiet_plot
from gui.plots.ridge import PEAK, Ridge, RidgeAxis
from gui.plots.times import TimeAxis
from gui.theme.palette import Theme

EDGES = np.linspace(-1.0, 1.0, 5)
COUNTS = np.array([[0, 4, 0, 0], [1, 1, 1, 1], [0, 0, 2, 2]])


@pytest.fixture
def ridge(theme: Theme) -> Ridge:
    ridge = Ridge()
    ridge.restyle(theme.tokens)
    ridge.draw(EDGES, COUNTS, ("0", "10", "100"))
    return ridge


def test_the_newest_stands_in_front_and_the_highest_count_is_the_rise(ridge: Ridge) -> None:
    assert [ridge.baseline(moment) for moment in range(3)] == [2.0, 1.0, 0.0]
    tops = [shape.boundingRect().bottom() - ridge.baseline(moment) for moment, shape in enumerate(ridge._shapes)]
    assert tops == pytest.approx([ridge.rise, ridge.rise / 4, ridge.rise / 2])
    assert (ridge.area.left(), ridge.area.right()) == (-1.0, 1.0)
    assert ridge.area.bottom() == pytest.approx(2 + ridge.rise)


def test_the_peak_takes_the_same_share_however_many_moments_there_are(ridge: Ridge) -> None:
    ridge.draw(EDGES, np.ones((40, 4)), [str(number) for number in range(40)])
    assert ridge.rise == pytest.approx(PEAK * 40)


@pytest.mark.parametrize(("x", "y", "found"), [
    (0.25, 0.1, (2, 2)),
    (-0.25, 1.05, (1, 1)),
    (-0.25, 2.5, (0, 1)),
    (0.9, 2.9, (0, 3)),
])
def test_the_pointer_finds_the_foremost_histogram(ridge: Ridge, x: float, y: float, found: tuple[int, int]) -> None:
    assert ridge.at(QPointF(x, y)) == found


def test_beside_the_picture_the_pointer_finds_nothing(ridge: Ridge) -> None:
    assert ridge.at(QPointF(2.0, 0.5)) is None
    assert Ridge().at(QPointF(0.0, 0.0)) is None


def test_it_is_painted_in_shades_that_end_in_the_colour_of_the_theme(qtbot: QtBot, theme: Theme, ridge: Ridge) -> None:
    board = Board(theme.tokens)
    qtbot.addWidget(board)
    plot = quiet_plot(RidgeAxis(ridge), Axis("bottom"))
    board.layout_item.addItem(plot, 0, 0)
    plot.addItem(ridge)
    look_at(plot, ridge.area)
    board.restyle(theme.tokens)
    board.show_plots()
    board.resize(400, 300)
    with qtbot.waitExposed(board):
        board.show()
    ridge.point((2, 3))
    lines = [line.name() for line, _ in ridge._inks]
    assert lines[-1] == theme.tokens.train
    assert len(set(lines)) == 3
    image = board.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {fill.name() for _, fill in ridge._inks} <= seen


def test_the_axis_names_as_many_moments_as_fit_and_always_the_newest(ridge: Ridge) -> None:
    axis = RidgeAxis(ridge)
    [(_, places)] = axis.tickValues(0.0, 3.0, 200.0)
    assert axis.tickStrings(places, 1.0, 0.0) == ["100", "10", "0"]
    ridge.draw(EDGES, np.ones((40, 4)), [str(number) for number in range(40)])
    [(_, places)] = axis.tickValues(0.0, 52.0, 200.0)
    shown = axis.tickStrings(places, 1.0, 0.0)
    assert shown[0] == "39"
    assert 4 <= len(shown) <= 12


def test_moments_of_the_same_epoch_share_one_label_that_of_the_newest(ridge: Ridge) -> None:
    epochs = (0, 0, 0, 1, 1, 2)
    ridge.draw(EDGES, np.ones((6, 4)), [str(epoch) for epoch in epochs])
    [(_, places)] = RidgeAxis(ridge).tickValues(0.0, ridge.area.bottom(), 400.0)
    assert [(place, str(epochs[5 - int(place)])) for place in places] == [(0.0, "2"), (1.0, "1"), (3.0, "0")]
    below = TimeAxis()
    below.tell(epochs)
    [(_, moments)] = below.tickValues(0.0, 5.0, 4000.0)
    assert sorted(moments) == [2.0, 4.0, 5.0]
