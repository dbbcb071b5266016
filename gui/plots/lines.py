"""Lines over the same moments, one for each of several things in an order."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.scene import scene_pixels
from gui.theme.tokens import Tokens, mix

Floats = NDArray[np.float64]
WIDTH, STRONG, HEAD = 1.5, 3.0, 2.5
# Lines that do not matter at the moment.
FAINT = 0.55


class Lines(pg.GraphicsObject):  # type: ignore[misc]
    """Line i has values (moments,), drawn at the places 0, 1, 2 and so on; a dot is its newest one. What is no number
    leaves a gap. Colours go from that of training for the first line to that of validation for the last."""

    def __init__(self) -> None:
        super().__init__()
        self.area = QRectF()
        self.values: Floats = np.empty((0, 0))
        self.chosen: int | None = None
        self.colours: tuple[str, ...] = ()
        self._pointed: tuple[int, int] | None = None
        self._ends, self._paper = ("#000000", "#000000"), "#ffffff"

    def draw(self, values: Floats, area: QRectF, chosen: int | None) -> None:
        """Show values (lines, moments) in an area of the plot; one line may be the chosen one."""
        if area != self.area:
            self.prepareGeometryChange()
            self.area = QRectF(area)
        self.values, self.chosen, self._pointed = values, chosen, None
        self._ink()
        self.update()

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._ends, self._paper = (tokens.train, tokens.validation), tokens.plot
        self._ink()
        self.update()

    def at(self, place: QPointF) -> tuple[int, int] | None:
        """Moment nearest to a place, and before it the line that is nearest there."""
        if not self.values.size or not self.area.contains(place):
            return None
        moment = min(max(round(place.x()), 0), self.values.shape[1] - 1)
        found = self.values[:, moment]
        if not np.isfinite(found).any():
            return None
        return int(np.nanargmin(np.abs(found - place.y()))), moment

    def point(self, pointed: tuple[int, int] | None) -> None:
        """Bring out a line and a moment, as `at` gives them."""
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        strong = self._pointed[0] if self._pointed is not None else self.chosen
        order = sorted(range(len(self.values)), key=lambda line: line == strong)
        with scene_pixels(self, painter) as to_scene:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line in order:
                faint = strong is not None and line != strong
                ink = QColor(mix(self.colours[line], self._paper, FAINT) if faint else self.colours[line])
                pen = QPen(ink, STRONG if line == strong else WIDTH)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                for part in _parts(self.values[line]):
                    painter.setPen(pen)
                    painter.drawPolyline(to_scene.map(part))
                if len(self.values[line]) and np.isfinite(self.values[line, -1]):
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(ink)
                    end = QPointF(self.values.shape[1] - 1, self.values[line, -1])
                    painter.drawEllipse(to_scene.map(end), HEAD, HEAD)
            if self._pointed is not None:
                line, moment = self._pointed
                painter.setPen(QPen(QColor(self.colours[line]), WIDTH))
                painter.setBrush(QColor(self._paper))
                painter.drawEllipse(to_scene.map(QPointF(moment, self.values[line, moment])), HEAD + 1, HEAD + 1)

    def _ink(self) -> None:
        shares = np.linspace(0.0, 1.0, len(self.values))
        self.colours = tuple(mix(*self._ends, float(share)) for share in shares)


def _parts(values: Floats) -> list[QPolygonF]:
    """Where there are numbers."""
    there = np.flatnonzero(np.isfinite(values))
    runs = np.split(there, np.flatnonzero(np.diff(there) > 1) + 1)
    return [QPolygonF([QPointF(float(place), float(values[place])) for place in run]) for run in runs if len(run)]
