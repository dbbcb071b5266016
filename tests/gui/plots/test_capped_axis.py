"""Numbers of an axis that stands close below words."""
from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.plots.axis import SLACK, Axis
from gui.plots.board import Board, look_at
from gui.plots.chart import Chart
from gui.plots.numbers import measured
from gui.theme.palette import Theme


@pytest.fixture
def board(qtbot: QtBot, theme: Theme) -> Board:
    made = Board(theme.tokens)
    qtbot.addWidget(made)
    made.show_plots()
    return made


@pytest.fixture
def chart(board: Board, theme: Theme) -> Chart:
    made = Chart(theme.tokens, "Loss", ("loss",), measured, "0.0000", Axis("left"))
    made.restyle(theme.tokens)
    board.layout_item.addItem(made.plot, 0, 0)
    return made


def texts(board: Board, chart: Chart, height: int) -> list[tuple[QRectF, str]]:
    """The boxes of the numbers on the left axis of a plot that is so high, from the upper end down."""
    board.resize(301, height)
    board.show()
    board.grab()
    assert abs(chart.plot.vb.height() - (height - 20)) < 16
    painter = QPainter(image := QImage(300, 300, QImage.Format.Format_RGB32))
    specs = chart.left.generateDrawSpecs(painter)
    painter.end()
    assert not image.isNull()
    assert specs is not None
    return sorted(((box, text) for box, _, text in specs[2]), key=lambda found: found[0].top())


@pytest.mark.parametrize("height", [42, 48, 60, 120, 250])
@pytest.mark.parametrize("log", [False, True])
def test_no_number_rises_above_the_plot_and_none_comes_upon_another(
        board: Board, chart: Chart, height: int, log: bool) -> None:
    chart.set_log(log)
    look_at(chart.plot, QRectF(0.0, -4.0, 100.0, 4.0) if log else QRectF(0.0, 0.0, 100.0, 2.0))
    found = texts(board, chart, height)
    assert all(box.top() >= 0.0 for box, _ in found)
    assert all(lower.top() > upper.bottom() - SLACK for (upper, _), (lower, _) in pairwise(found))
    assert float(found[0][1]) == (1.0 if log else 2.0)
    assert found[-1][1].startswith("1e−4" if log else "0")
    assert len(found) >= 2


def test_in_a_high_plot_only_the_uppermost_number_moves(board: Board, chart: Chart) -> None:
    look_at(chart.plot, QRectF(0.0, 0.0, 100.0, 2.0))
    capped = {text: box for box, text in texts(board, chart, 250)}
    chart.left.capped = False
    free = {text: box for box, text in texts(board, chart, 250)}
    top = max(free, key=float)
    assert capped.keys() == free.keys()
    assert capped[top].top() == 0.0 > free[top].top()
    assert all(capped[text] == free[text] for text in free if text != top)
