"""The name of an axis stands in the middle of it, however long it is."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, name_axis, quiet_plot, restyle_plot
from gui.theme.palette import Theme


@pytest.mark.parametrize("side", ["left", "bottom"])
def test_another_name_stands_in_the_middle_as_well(qtbot: QtBot, theme: Theme, side: str) -> None:
    board = Board(theme.tokens)
    qtbot.addWidget(board)
    plot = quiet_plot(Axis("left"), Axis("bottom"))
    restyle_plot(plot, theme.tokens, grid=False)
    board.layout_item.addItem(plot, 1, 1)
    board.resize(500, 400)
    board.show_plots()
    with qtbot.waitExposed(board):
        board.show()
    board.fit(plot)
    look_at(plot, QRectF(0, 0, 1, 1))
    axis = plot.getAxis(side)
    for name in ("output", "relative change per step"):
        name_axis(axis, name, theme.tokens)
        board.fit(plot)
        board.layout_item.layout.activate()
        label = axis.label.mapRectToParent(axis.label.boundingRect()).center()
        middle = axis.rect().center()
        off = label.y() - middle.y() if side == "left" else label.x() - middle.x()
        assert abs(off) <= 1.5
