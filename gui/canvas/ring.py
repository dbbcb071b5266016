"""The ring around the neuron that is inspected."""
from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gui.canvas.ink import Ink

RING = 2.0


def paint_ring(painter: QPainter, ink: Ink, box: QRectF, away: float, radius: float) -> None:
    """Draw it so far away from what is in `box`, whatever that is filled with."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink.pen("accent_ink", RING))
    painter.drawRoundedRect(box.adjusted(-away, -away, away, away), radius, radius)
