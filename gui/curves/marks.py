"""Thin lines across a chart where something happened."""
from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.train.milestones import Mark
from gui.plots.scene import scene_pixels
from gui.theme.tokens import Tokens

SIZE = 3.5
NEAR = 5.0
# Which token colours a kind, and the corners of its sign, within -1 to 1.
DIAMOND = (0, -1), (1, 0), (0, 1), (-1, 0)
DOWN = (-1, -0.8), (1, -0.8), (0, 1)
UP = (-1, 0.8), (1, 0.8), (0, -1)
SQUARE = (-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)
SIGNS = {"best": ("success", UP), "rate": ("warning", DOWN), "early": ("error", SQUARE),
         "edited": ("accent_ink", DIAMOND), "resumed": ("text_muted", SQUARE)}
Placed = tuple[float, Mark]


class Marks(pg.GraphicsObject):  # type: ignore[misc]
    """Places along x, each with what happened there; a sign at the top of the line tells the kinds apart."""

    def __init__(self, tokens: Tokens, box: pg.ViewBox):
        super().__init__()
        self.tokens, self._box = tokens, box
        box.sigRangeChanged.connect(self._moved)
        self.placed: tuple[Placed, ...] = ()
        self.setZValue(-0.2)

    def show_marks(self, placed: Sequence[Placed]) -> None:
        """Draw these; nothing happens if they are drawn already."""
        if tuple(placed) != self.placed:
            self.placed = tuple(placed)
            self.update()

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.tokens = tokens
        self.update()

    def near(self, x: float, pixel: float) -> str:
        """What happened about here, a sentence a line; `pixel` is the width of one."""
        return "\n".join(mark.text for place, mark in self.placed if abs(place - x) <= NEAR * pixel)

    def boundingRect(self) -> QRectF:
        found: QRectF = self._box.viewRect()
        return found

    @Slot()
    def _moved(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        area = self.boundingRect()
        inside = [(x, mark) for x, mark in self.placed if area.left() <= x <= area.right()]
        if not inside:
            return
        with scene_pixels(self, painter) as to_scene:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = to_scene.mapRect(area)
            for x, mark in inside:
                token, corners = SIGNS[mark.kind]
                ink = QColor(getattr(self.tokens, token))
                at = to_scene.map(QPointF(x, 0.0)).x()
                painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(at, frame.top() + 2 * SIZE), QPointF(at, frame.bottom()))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                top = frame.top() + SIZE + 1
                painter.drawPolygon(QPolygonF([QPointF(at + SIZE * a, top + SIZE * b) for a, b in corners]))
