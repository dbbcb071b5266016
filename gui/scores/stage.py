"""The one chart that the views of scores draw on, in turn."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from core.train.probes.scores import Scores
from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption
from gui.plots.legend import Legend
from gui.theme.tokens import Tokens

Cells = tuple[list[str], list[list[float | str]]]
UNIT = QRectF(-0.02, -0.02, 1.04, 1.04)
SQUARE = 1.3


class Stage:
    """A plot with caption and legend on a board."""

    def __init__(self, board: Board, tokens: Tokens):
        self.board, self.tokens = board, tokens
        self.caption, self.legend = Caption(tokens), Legend(tokens)
        self.plot = quiet_plot(Axis("left"), Axis("bottom"))
        layout = board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.legend, 1, 2)

    def name(self, bottom: str, left: str) -> None:
        """Name the axes."""
        for side, name in (("bottom", bottom), ("left", left)):
            axis = self.plot.getAxis(side)
            if axis.labelText != name:
                name_axis(axis, name, self.tokens)

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.tokens = tokens
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)

    def look_at(self, area: QRectF) -> None:
        """Show exactly this part of the plane."""
        look_at(self.plot, area)

    def place(self, there: QPointF | None) -> QPointF | None:
        """Where a place of the scene is in the plot, or None beside it."""
        return place_in(self.plot, there)

    def pixel(self) -> tuple[float, float]:
        """Width and height of a pixel in the plot."""
        width, height = self.plot.vb.viewPixelSize()
        return float(width), float(height)


class View:
    """A way to look at scores that is drawn on the stage. `square`: as wide as tall, if possible."""

    square = False

    def __init__(self, stage: Stage, items: Sequence[Any]):
        self.stage, self.items = stage, items
        for item in items:
            stage.plot.addItem(item)
        self.leave()

    def enter(self) -> None:
        """It is this view's turn."""
        for item in self.items:
            item.show()

    def leave(self) -> None:
        """It is the turn of another one."""
        for item in self.items:
            item.hide()

    def arrange(self) -> None:
        """Fit the plot to the board."""
        self.stage.board.fit(self.stage.plot, self.stage.legend, widest=SQUARE if self.square else 1e9)

    def draw(self, found: Scores) -> None:
        """Show an answer."""
        raise NotImplementedError

    def point(self, found: Scores, place: QPointF | None) -> None:
        """The pointer is at a place of the scene, or gone."""
        raise NotImplementedError

    def table(self, found: Scores) -> Cells:
        """The numbers that are shown."""
        raise NotImplementedError


def dashed(tokens: Tokens) -> Any:
    """The pen of a line to compare with."""
    return pg.mkPen(tokens.text_faint, width=1, dash=[4, 4])
