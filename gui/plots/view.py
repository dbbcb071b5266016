"""What all ways to look at something share."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF

from gui.plots.board import Board
from gui.plots.caption import Caption
from gui.plots.colour_bar import ColourBar
from gui.plots.legend import Legend
from gui.plots.zoom import Zoom
from gui.theme.tokens import Tokens

Row = list[float | str]
Place = QPointF | None
Beside = ColourBar | Legend


class View:
    """One way to look at the answers of `probe`, in a plot of its own. `beside` stands at the right of all of them, out
    of sight until a view brings it back; `name` of a node is what people call it."""

    probe = ""
    plot: pg.PlotItem
    zoom: Zoom | None = None

    def __init__(self, board: Board, caption: Caption, beside: Beside, name: Callable[[str], str]):
        self.board, self.caption, self.beside, self.name = board, caption, beside, name
        self.tokens: Tokens = caption.tokens
        self.build()

    def build(self) -> None:
        """Make the plot, once."""

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.tokens = tokens

    def arrange(self, found: Any) -> None:
        """Fit the plot to its room. Without an answer `found` is None."""
        self.board.fit(self.plot)

    def draw(self, found: Any) -> None:
        """Draw an answer of `probe`."""

    def point(self, found: Any, place: Place) -> None:
        """The pointer is at a place of the scene, or gone: write the caption."""

    def table(self, found: Any) -> tuple[list[str], list[Row]]:
        """The numbers that are shown."""
        raise NotImplementedError
