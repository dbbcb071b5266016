"""The quiet dot grid behind the network."""
from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygon

from gui.canvas import geometry
from gui.canvas.ink import Ink


def paint_background(painter: QPainter, rect: QRectF, ink: Ink) -> None:
    """Fill the scene's `rect` and put a dot at every crossing, on whole pixels so that it stays sharp. Zoomed out,
    every other dot goes, so that there are never too many."""
    painter.fillRect(rect, ink.colour("canvas"))
    transform = painter.worldTransform()
    zoom = transform.m11()
    pitch = geometry.dot_pitch(zoom)
    columns = [round(x * pitch * zoom + transform.dx()) for x in _span(rect.left(), rect.right(), pitch)]
    rows = [round(y * pitch * zoom + transform.dy()) for y in _span(rect.top(), rect.bottom(), pitch)]
    painter.save()
    painter.resetTransform()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    pen = QPen(ink.colour("canvas_dot"), 3 if zoom >= 2 else 2)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    row = QPolygon([QPoint(x, 0) for x in columns])
    for y in rows:
        painter.drawPoints(row.translated(0, y))
    painter.restore()


def _span(low: float, high: float, pitch: int) -> range:
    return range(math.floor(low / pitch), math.ceil(high / pitch) + 1)
