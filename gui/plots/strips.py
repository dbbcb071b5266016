"""Distributions side by side: a symmetric histogram for each, standing upright."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.scene import scene_pixels
from gui.theme.tokens import Tokens, mix

# How much of its column the widest bin of a strip takes, on either side of the middle.
HALF = 0.42
FILL = 0.5


class Strips(pg.GraphicsObject):  # type: ignore[misc]
    """Strip i stands in the column from i to i + 1; bins go upwards. All strips are equally wide at their widest.

    A line across each is its `mark`, such as the mean; those in `amber` have the colour of a warning.
    """

    def __init__(self) -> None:
        super().__init__()
        self.area = QRectF()
        self.shapes: list[QPolygonF] = []
        self.marks: tuple[float, ...] = ()
        self.amber: frozenset[int] = frozenset()
        self.chosen: int | None = None
        self._inks = {False: (QPen(), QBrush()), True: (QPen(), QBrush())}
        self._mark, self._band = QPen(), QColor()

    def draw(self, edges: np.ndarray, counts: Sequence[np.ndarray], marks: Sequence[float],
             amber: frozenset[int], chosen: int | None) -> None:
        """Show counts (bins,) between edges (bins + 1,) for each strip; a mark that is no number is left out."""
        area = QRectF(0.0, float(edges[0]), max(1.0, float(len(counts))), float(edges[-1] - edges[0]))
        if area != self.area:
            self.prepareGeometryChange()
            self.area = area
        self.shapes = [_outline(edges, found, i + 0.5) for i, found in enumerate(counts)]
        self.marks, self.amber, self.chosen = tuple(marks), amber, chosen
        self.update()

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        for ill, colour in ((False, tokens.train), (True, tokens.warning)):
            line = QPen(QColor(colour), 1.0)
            line.setCosmetic(True)
            self._inks[ill] = line, QBrush(QColor(mix(tokens.plot, colour, FILL)))
        self._mark = QPen(QColor(tokens.text), 2.0)
        self._mark.setCosmetic(True)
        self._band = QColor(mix(tokens.plot, tokens.accent, 0.16))
        self.update()

    def at(self, place: QPointF) -> int | None:
        """The strip at a place."""
        number = int(place.x())
        return number if self.area.contains(place) and 0 <= number < len(self.shapes) else None

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with scene_pixels(self, painter) as to_scene:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.chosen is not None:
                box = QRectF(float(self.chosen), self.area.top(), 1.0, self.area.height())
                painter.fillRect(to_scene.mapRect(box), self._band)
            for number, shape in enumerate(self.shapes):
                pen, brush = self._inks[number in self.amber]
                painter.setPen(pen)
                painter.setBrush(brush)
                painter.drawPolygon(to_scene.map(shape))
            painter.setPen(self._mark)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for number, value in enumerate(self.marks):
                if self.area.top() <= value <= self.area.bottom():
                    line = QLineF(number + 0.5 - HALF / 2, value, number + 0.5 + HALF / 2, value)
                    painter.drawLine(to_scene.map(line))


def _outline(edges: np.ndarray, counts: np.ndarray, middle: float) -> QPolygonF:
    """Up the right side of the bins and down the left one; nothing where nothing was counted."""
    most = float(counts.max(initial=0))
    if most <= 0.0:
        return QPolygonF()
    widths = np.repeat(counts / most * HALF, 2)
    heights = np.repeat(edges, 2)[1:-1]
    used = np.flatnonzero(widths)
    inside = slice(int(used[0]), int(used[-1]) + 1)
    right = [QPointF(middle + w, y) for w, y in zip(widths[inside], heights[inside], strict=True)]
    left = [QPointF(middle - w, y) for w, y in zip(widths[inside][::-1], heights[inside][::-1], strict=True)]
    return QPolygonF(right + left)
