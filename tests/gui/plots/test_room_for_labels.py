"""The numbers beside a plot are all drawn: the axis takes the room that they need."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.plots.axis import GRAIN, WIDTH, Axis
from gui.plots.board import Board, look_at, quiet_plot, restyle_plot
from gui.theme.palette import Theme


def drawn(qtbot: QtBot, theme: Theme, low: float, high: float) -> tuple[list[str], float]:
    """The numbers that are seen beside a plot of such a range, and how wide their axis is."""
    board, left = Board(theme.tokens), Axis("left")
    qtbot.addWidget(board)
    plot = quiet_plot(left, Axis("bottom"))
    board.layout_item.addItem(plot, 1, 1)
    restyle_plot(plot, theme.tokens, grid=True)
    board.show_plots()
    board.resize(220, 200)
    board.show()
    look_at(plot, QRectF(0.0, low, 1.0, high - low))
    board.fit(plot)
    QApplication.processEvents()
    board.grab()
    painter = QPainter(image := QImage(200, 200, QImage.Format.Format_RGB32))
    specs = left.generateDrawSpecs(painter)
    painter.end()
    assert not image.isNull()
    assert specs is not None
    return [text for _, _, text in specs[2]], left.width()


@pytest.mark.parametrize(("low", "high", "texts"), [
    (-150.0, 150.0, {"−100", "0", "100"}), (-0.06, 0.06, {"−0.05", "0.00", "0.05"}),
    (-2500.0, 2500.0, {"−2000", "0"})])
def test_long_numbers_are_drawn_too(qtbot: QtBot, theme: Theme, low: float, high: float, texts: set[str]) -> None:
    seen, width = drawn(qtbot, theme, low, high)
    assert texts <= set(seen)
    assert width > WIDTH
    assert (width - WIDTH) % GRAIN == 0


def test_short_ones_take_no_more_room_than_usual(qtbot: QtBot, theme: Theme) -> None:
    assert drawn(qtbot, theme, 0.0, 1.0)[1] == WIDTH
