"""One wire. Painting only."""
from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.graph.document import Edge
from gui.canvas import geometry
from gui.canvas.ink import Ink

LABEL_ZOOM = 0.75
LABEL_ROOM = 96.0
TIGHT_ROOM = 24.0
SLEEVE = 7.0


class EdgeItem(QGraphicsItem):
    """A smooth curve between two ports. `edge` is None for the wire that is being drawn."""

    def __init__(self, edge: Edge | None, ink: Ink):
        super().__init__()
        self.edge = edge
        self._ink = ink
        self._label = ""
        self._label_width = 0.0
        self.start, self.end = QPointF(), QPointF()
        self._path = geometry.wire_path(self.start, self.end)
        self._flat: list[tuple[float, float]] = []
        self._bounds = QRectF()
        self.hovered = self.selected = self.live = self.loose = False
        self.setZValue(0)

    def route(self, start: QPointF, end: QPointF) -> None:
        """Run from `start` to `end`."""
        if (start, end) == (self.start, self.end):
            return
        self.prepareGeometryChange()
        self.start, self.end = QPointF(start), QPointF(end)
        self._path = geometry.wire_path(start, end)
        self._flat = []
        self._measure()

    def extent(self) -> QRectF:
        """The rectangle around the curve, in scene coordinates."""
        return self._path.boundingRect()

    def show_label(self, label: str) -> None:
        """Carry a small label, the shape of what flows here."""
        if label != self._label:
            self.prepareGeometryChange()
            self._label = label
            self._label_width = self._ink.small_metrics.horizontalAdvance(label)
            self._measure()
            self.update()

    def mark(self, *, hovered: bool | None = None, selected: bool | None = None, live: bool | None = None,
             loose: bool | None = None) -> None:
        """Stand out: under the pointer, selected, snapped to a port (`live`), or being drawn (`loose`)."""
        wanted = {"hovered": hovered, "selected": selected, "live": live, "loose": loose}
        for name, value in wanted.items():
            if value is not None:
                setattr(self, name, value)
        self.setZValue(0.5 if self.selected or self.hovered else 0)
        self.update()

    def distance(self, point: QPointF) -> float:
        """How far `point` is from the wire."""
        if not self._flat:
            self._flat = geometry.flat(self._path)
        return geometry.distance(self._flat, point)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        token, width = self._stroke()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = self._ink.pen(token, max(width, 1.0 / max(zoom, 0.05)))
        if self.loose and not self.live:
            pen = QPen(pen)
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        painter.drawPath(self._path)
        if self._label and zoom >= LABEL_ZOOM and self._roomy():
            self._paint_label(painter)

    def _stroke(self) -> tuple[str, float]:
        if self.selected or self.live:
            return "accent_ink", 2.5
        if self.loose:
            return "text_faint", 2.0
        return ("text_faint", 2.5) if self.hovered else ("wire", 2.0)

    def _roomy(self) -> bool:
        # Between neighbours the card says it already, so there it waits until the wire is pointed at.
        room = TIGHT_ROOM if self.hovered or self.selected else LABEL_ROOM
        run = math.hypot(self.end.x() - self.start.x(), self.end.y() - self.start.y())
        return run >= self._label_width + room

    def _paint_label(self, painter: QPainter) -> None:
        ink, middle = self._ink, self._path.pointAtPercent(0.5)
        half = QPointF(self._label_width / 2 + 5, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.colour("canvas"))
        painter.drawRoundedRect(QRectF(middle - half, middle + half), 8, 8)
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("accent_ink" if self.selected else "text_faint"))
        baseline = QPointF(-self._label_width / 2, ink.small_metrics.capHeight() / 2)
        painter.drawText(middle + baseline, self._label)

    def _measure(self) -> None:
        half = max(SLEEVE, self._label_width / 2 + 6)
        self._bounds = self._path.controlPointRect().adjusted(-half, -10, half, 10)
