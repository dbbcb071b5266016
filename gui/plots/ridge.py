"""How a distribution changes: one histogram behind the other, the newest in front."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots import numbers
from gui.plots.axis import MOST, ROW, Axis
from gui.plots.scene import scene_pixels
from gui.theme.tokens import Tokens, mix

Floats = NDArray[np.float64]
# The tallest peak takes about this share of the picture.
PEAK = 0.3
OLDEST, NEWEST = 0.3, 1.0
FILL = 0.45
LINE, HEAD = 1.25, 3.0


class Ridge(pg.GraphicsObject):  # type: ignore[misc]
    """Histograms over the same bins at several moments, the oldest first and farthest behind.

    The baseline of the newest lies at y = 0, of each older one higher by 1; heights share one scale, on which the
    highest count is `rise`. `area` is what a view has to show. Where nothing is drawn, `labels` is empty.
    """

    def __init__(self) -> None:
        super().__init__()
        self.area = QRectF()
        self.labels: tuple[str, ...] = ()
        self.counts: Floats = np.empty((0, 0))
        self.edges: Floats = np.empty(0)
        self.rise = 1.0
        self._shapes: list[QPolygonF] = []
        self._inks: list[tuple[QColor, QColor]] = []
        self._colours = ("#000000", "#ffffff", "#000000")
        self._pointed: tuple[int, int] | None = None

    def draw(self, edges: Sequence[float] | NDArray[np.floating], counts: NDArray[np.number],
             labels: Sequence[str]) -> None:
        """Show counts (moments, bins) between edges (bins + 1,) ascending; a label for each moment, such as "12"."""
        self.edges, self.counts = np.asarray(edges, np.float64), np.asarray(counts, np.float64)
        moments = len(self.counts)
        self.labels = tuple(labels)
        self.rise = max(1.0, PEAK * moments)
        area = QRectF(self.edges[0], 0.0, self.edges[-1] - self.edges[0], moments - 1 + self.rise)
        if area != self.area:
            self.prepareGeometryChange()
            self.area = area
        self._pointed = None
        self._shape()
        self._ink()
        self.update()

    def restyle(self, tokens: Tokens, colour: str = "train") -> None:
        """Take the colours of a theme; `colour` is the token of the newest moment."""
        self._colours = getattr(tokens, colour), tokens.plot, tokens.text
        self._ink()
        self.update()

    def baseline(self, moment: int) -> float:
        """Where the histogram of a moment, from 0, stands."""
        return float(len(self.counts) - 1 - moment)

    def at(self, place: QPointF) -> tuple[int, int] | None:
        """Moment and bin of what is seen at a place: the foremost histogram there, else the one that stands below."""
        if not len(self.counts) or not self.area.contains(place):
            return None
        column = int(np.searchsorted(self.edges, place.x(), side="right")) - 1
        column = min(max(column, 0), len(self.edges) - 2)
        x, y = self._outlines()
        for moment in reversed(range(len(self.counts))):
            base = self.baseline(moment)
            if base <= place.y() <= base + np.interp(place.x(), x, y[moment]):
                return moment, column
        return max(0, len(self.counts) - 1 - int(place.y())), column

    def point(self, pointed: tuple[int, int] | None) -> None:
        """Bring out a moment and a bin, as `at` gives them."""
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def boundingRect(self) -> QRectF:
        return self.area

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with scene_pixels(self, painter) as to_scene:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for moment, (shape, (line, fill)) in enumerate(zip(self._shapes, self._inks, strict=True)):
                outline = to_scene.map(shape)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(fill))
                painter.drawPolygon(outline)
                pointed = self._pointed is not None and self._pointed[0] == moment
                painter.setPen(QPen(QColor(self._colours[2]) if pointed else line, LINE))
                painter.drawPolyline(outline)
            if self._pointed is not None:
                moment, column = self._pointed
                middle = (self.edges[column] + self.edges[column + 1]) / 2
                top = self.baseline(moment) + self._heights()[moment, column]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._colours[2]))
                painter.drawEllipse(to_scene.map(QPointF(middle, top)), HEAD, HEAD)

    def _heights(self) -> Floats:
        highest = float(self.counts.max(initial=0.0))
        heights: Floats = self.counts * (self.rise / highest if highest > 0 else 0.0)
        return heights

    def _outlines(self) -> tuple[Floats, Floats]:
        """x (bins + 2,) and heights (moments, bins + 2) of the corners: middles of bins, and zero at the ends."""
        x = np.concatenate([self.edges[:1], (self.edges[:-1] + self.edges[1:]) / 2, self.edges[-1:]])
        return x, np.pad(self._heights(), ((0, 0), (1, 1)))

    def _shape(self) -> None:
        x, y = self._outlines()
        across = x.tolist()
        self._shapes = [QPolygonF([QPointF(*corner) for corner in zip(across, up, strict=True)])
                        for up in (y + np.arange(len(y))[::-1, None]).tolist()]

    def _ink(self) -> None:
        colour, paper, _ = self._colours
        strengths = np.linspace(NEWEST, OLDEST, len(self._shapes))[::-1]
        lines = [mix(paper, colour, float(share)) for share in strengths]
        self._inks = [(QColor(line), QColor(mix(paper, line, FILL))) for line in lines]


class RidgeAxis(Axis):
    """The axis beside a ridge: the labels of as many moments as there is room for, the newest always."""

    def __init__(self, ridge: Ridge):
        super().__init__("left")
        self.ridge = ridge
        self._told: tuple[str, ...] = ()

    def retell(self) -> None:
        """The ridge has other moments: draw their labels."""
        if self.ridge.labels != self._told:
            self._told = self.ridge.labels
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((minVal, maxVal))
        moments = len(self.ridge.labels)
        if high <= low or size <= 0 or not moments:
            return []
        step = numbers.every(max(ROW * (high - low) / size, moments / (2 * MOST)))
        labels = self.ridge.labels
        # Of several moments in the same epoch the newest one tells it.
        told = {labels[moment]: moment for moment in reversed(range(moments - 1, -1, -step))}
        return [(0.0, [self.ridge.baseline(moment) for moment in sorted(told.values(), reverse=True)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self.ridge.labels[len(self.ridge.labels) - 1 - round(value)] for value in values]
