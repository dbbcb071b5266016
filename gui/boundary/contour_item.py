"""Contour lines with their numbers, over a map."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.train.contours import Contour
from gui.plots import numbers
from gui.plots.scene import scene_pixels
from gui.theme import fonts
from gui.theme.tokens import Tokens, readable_on

# Pixels: in a smaller map the lines have no numbers.
LABELLED = 150


class ContourItem(pg.GraphicsObject):  # type: ignore[misc]
    """`written` are the numbers with their places: for each line the piece that is nearest to the middle of the map."""

    def __init__(self) -> None:
        super().__init__()
        self.rect = QRectF()
        self.lines: tuple[Contour, ...] = ()
        self.written: list[tuple[QPointF, str, QColor]] = []
        self._paths: list[tuple[QPainterPath, QColor]] = []
        self._tokens: Tokens | None = None

    def draw(self, lines: tuple[Contour, ...], papers: list[str], rect: QRectF, tokens: Tokens) -> None:
        """Show lines on such papers, one for each, over the map in `rect`."""
        if not lines and not self.lines:
            return
        self.lines, self._tokens = lines, tokens
        if rect != self.rect:
            self.prepareGeometryChange()
            self.rect = QRectF(rect)
        self._paths, self.written = [], []
        levels = [line.level for line in lines]
        digits = numbers.places(levels[1] - levels[0]) if len(levels) > 1 else 2
        for line, paper in zip(lines, papers, strict=True):
            if not len(line.pieces):
                continue
            ink = QColor(readable_on(paper))
            ends = line.pieces.reshape(-1, 2)
            self._paths.append((pg.arrayToQPath(ends[:, 0].copy(), ends[:, 1].copy(), connect="pairs"), ink))
            middles = line.pieces.mean(axis=1)
            away = (middles - (rect.center().x(), rect.center().y())) / (rect.width(), rect.height())
            x, y = middles[int(np.square(away).sum(axis=1).argmin())]
            self.written.append((QPointF(x, y), numbers.fixed(line.level, digits), QColor(paper)))
        self.update()

    def boundingRect(self) -> QRectF:
        return self.rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path, ink in self._paths:
            pen = QPen(ink, 1.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawPath(path)
        if self._tokens is None or len(self.lines) < 2:
            return
        with scene_pixels(self, painter) as to_scene:
            area = to_scene.mapRect(self.rect)
            if area.width() < LABELLED:
                return
            font = fonts.font(self._tokens, small=True)
            taken: list[QRectF] = []
            metrics = QFontMetricsF(font)
            for place, text, paper in self.written:
                box = metrics.tightBoundingRect(text).adjusted(-3, -3, 3, 3)
                box.moveCenter(to_scene.map(place))
                if area.contains(box) and not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    ink = QColor(readable_on(paper.name()))
                    letters = QPainterPath()
                    tight = metrics.tightBoundingRect(text)
                    letters.addText(box.center() - tight.center(), font, text)
                    painter.strokePath(letters, QPen(paper, 4))
                    painter.fillPath(letters, ink)
