"""What all ways to look at weights share."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.train.references import NeuronRef
from gui.plots import view
from gui.plots.axis import Axis
from gui.plots.board import Board, restyle_plot
from gui.plots.caption import Caption
from gui.plots.colour_bar import ColourBar
from gui.plots.scene import scene_pixels
from gui.plots.view import Beside
from gui.theme.tokens import Tokens

FRAME = 2.0


class Blank(Axis):
    """No axis."""

    def room(self) -> float:
        return 0.0

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        return []


class Frames(pg.GraphicsObject):  # type: ignore[misc]
    """Outlines around what belongs to the neuron that is inspected."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: tuple[QRectF, ...] = ()
        self.ink = QColor()
        self.setZValue(5)

    def show_around(self, areas: tuple[QRectF, ...]) -> None:
        """Draw them around these areas of the plot."""
        if areas != self.areas:
            self.prepareGeometryChange()
            self.areas = areas
            self.update()

    def boundingRect(self) -> QRectF:
        whole = QRectF()
        for area in self.areas:
            whole = whole.united(area)
        return whole

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with scene_pixels(self, painter) as to_scene:
            painter.setPen(QPen(self.ink, FRAME))
            for area in self.areas:
                painter.drawRect(to_scene.mapRect(area).adjusted(FRAME / 2, FRAME / 2, -FRAME / 2, -FRAME / 2))


class View(view.View):
    """One way to look at the weights, with a bar of colours beside it."""

    beside: ColourBar

    def __init__(self, board: Board, caption: Caption, beside: Beside, name: Callable[[str], str]):
        self.frames = Frames()
        super().__init__(board, caption, beside, name)

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        self.frames.ink = QColor(tokens.accent)
        restyle_plot(self.plot, tokens, grid=False)

    def arrange(self, found: Any) -> None:
        self.board.fit(self.plot, self.beside)

    def choices(self, found: Any) -> tuple[Sequence[str], int]:
        """The arrays of which one can be chosen, and the number of input channels."""
        return (), 1

    def unfinished(self, found: Any) -> bool:
        """True if more is to come when it is asked for again."""
        return False

    def neuron(self, found: Any, place: QPointF) -> NeuronRef | None:
        """The neuron to which belongs what is at a place of the scene."""
        return None

    def frame(self, found: Any, number: int | None) -> None:
        """Bring out what belongs to this neuron of the node, or, with None, nothing."""
