"""What all ways to look at the layers share."""
from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF

from gui.plots.board import Board
from gui.plots.caption import Caption
from gui.plots.legend import Legend
from gui.theme.tokens import Tokens

Row = list[float | str]
Place = QPointF | None


class View:
    """One way to look at the layers. `name` of a node is what people call it."""

    probe = ""
    plot: pg.PlotItem

    def __init__(self, board: Board, caption: Caption, legend: Legend, name: Callable[[str], str]):
        self.board, self.caption, self.legend, self.name = board, caption, legend, name
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

    def draw(self, found: Any, chosen: str, ill: Collection[str]) -> None:
        """Draw an answer of `probe`, with the node that is chosen, or "", and those that are not well."""

    def point(self, found: Any, place: Place) -> None:
        """The pointer is at a place of the scene, or gone: write the caption."""

    def node(self, found: Any, place: QPointF) -> str | None:
        """The node to which belongs what is at a place of the scene."""
        return None

    def table(self, found: Any) -> tuple[list[str], list[Row]]:
        """The numbers that are shown."""
        raise NotImplementedError
