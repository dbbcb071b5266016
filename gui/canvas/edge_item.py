"""One wire. Painting only."""
from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.graph.document import Edge, Point
from gui.canvas import geometry, way, wire_label
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.node_item import NodeItem

LABEL_ZOOM = 0.75
SLEEVE = 7.0
# Pixels below which nobody can tell a curve from a straight line, which is painted in half the time.
SHORT = 14.0


class EdgeItem(QGraphicsItem):
    """A smooth curve between two ports. `edge` is None for the wire that is being drawn."""

    def __init__(self, edge: Edge | None, ink: Ink):
        super().__init__()
        self.edge = edge
        self._ink = ink
        self._label = ""
        self._label_size = QSizeF()
        self._label_box: QRectF | None = None
        self._label_stamp = -1
        self._tag: wire_label.WireTag | None = None
        self.start, self.end = QPointF(), QPointF()
        self.via: tuple[Point, ...] = ()
        self.sag = self._sagged = 0.0
        self._path = geometry.wire_path(self.start, self.end)
        self._flat: list[tuple[float, float]] = []
        self._reach = math.inf
        self._bounds = QRectF()
        self.hovered = self.selected = self.live = self.loose = False
        self._given_way = False
        self.setZValue(0)

    def route(self, start: QPointF, end: QPointF, via: tuple[Point, ...] = ()) -> None:
        """Run from `start` through the points `via` to `end`. `sag` is by how much the upper card has grown, which a
        wire that goes back keeps clear of."""
        if (start, end, via, self.sag) == (self.start, self.end, self.via, self._sagged):
            return
        self._sagged = self.sag
        self.prepareGeometryChange()
        self.start, self.end, self.via = QPointF(start), QPointF(end), via
        self._path = way.led_path(start, via, end) if via else geometry.wire_path(start, end, self.sag)
        self._flat = []
        self._measure()

    @property
    def shown(self) -> bool:
        """True if it is drawn at present."""
        return self.isVisible() and (self.selected or not self._given_way)

    @property
    def curve(self) -> QPainterPath:
        """The curve that it is drawn along."""
        return self._path

    def point_near_end(self, off: float, out: bool) -> QPointF:
        """A point on the wire, so far from where it leaves (`out`) or arrives, but never beyond a quarter of it."""
        share = min(1 / 4, off / max(1.0, self._path.length()))
        return self._path.pointAtPercent(share if out else 1 - share)

    def extent(self) -> QRectF:
        """The rectangle around the curve, in scene coordinates."""
        return self._path.boundingRect()

    def show_label(self, label: str) -> None:
        """Carry a small label, the shape of what flows here."""
        if label != self._label:
            self.prepareGeometryChange()
            self._label = label
            self._label_size = wire_label.size_of(label, self._ink)
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
        self._show_tag()
        self.update()

    def label_box(self) -> QRectF | None:
        """Where the label stands, clear of all cards; None if there is no room for it."""
        if not self._label or self.scene() is None:
            return None
        if self._label_stamp != NodeItem.changes:
            self._label_stamp = NodeItem.changes
            if self._label_box is None or self._covers(self._label_box):
                self._label_box = wire_label.place_on(self._path, self._label_size, self._covers,
                                                       way.level_middle(self.via))
        return self._label_box

    def give_way(self, on: bool) -> None:
        """Leave the place to lines between neurons: be drawn only while selected, and never be hit."""
        self._given_way = on
        self.update()

    def distance(self, point: QPointF) -> float:
        """How far `point` is from the wire."""
        if self._given_way:
            return math.inf
        if not self._flat:
            self._flat = geometry.flat(self._path)
        return geometry.distance(self._flat, point)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._given_way and not self.selected:
            return
        zoom = painter.worldTransform().m11()
        token, width = self._stroke()
        pen = self._ink.pen(token, max(width, 1.0 / max(zoom, 0.05)))
        if self.loose and not self.live:
            pen = QPen(pen)
            pen.setDashPattern([2.5, 2.5])
        if self._reach * zoom < SHORT and not self.loose:
            painter.setPen(pen)
            painter.drawLine(self.start, self.end)
            return
        painter.strokePath(self._path, pen)
        if zoom >= LABEL_ZOOM and (box := self.label_box()) is not None:
            wire_label.paint_label(painter, box, self._label, self._ink,
                                   "accent_ink" if self.selected and not self._ink.plain else "text_faint")

    def _stroke(self) -> tuple[str, float]:
        if self._ink.plain:
            return "wire", 2.0
        if self.selected or self.live:
            return "accent_ink", 2.5
        if self.loose:
            return "text_faint", 2.0
        return ("text_faint", 2.5) if self.hovered else ("wire", 2.0)

    def _covers(self, box: QRectF) -> bool:
        near = self.scene().items(box, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
        return any((isinstance(item, NodeItem) and item.card().intersects(box))
                   or (isinstance(item, Handle) and item.zValue() >= 1 and item.sceneBoundingRect().intersects(box))
                   for item in near)

    def _show_tag(self) -> None:
        """What the pointer is at says its shape even if there is no room for it, or all is small."""
        scene = self.scene()
        wanted = self.hovered and bool(self._label) and scene is not None and (
            self.label_box() is None or any(view.transform().m11() < LABEL_ZOOM for view in scene.views()))
        if wanted and self._tag is None:
            self._tag = wire_label.WireTag(self._label, self._path.pointAtPercent(0.5), self._ink)
            scene.addItem(self._tag)
        elif not wanted and self._tag is not None:
            self._tag.scene().removeItem(self._tag)
            self._tag = None

    def _measure(self) -> None:
        self._label_box, self._label_stamp = None, -1
        # Led through points or around a card, it is longer than the way from end to end.
        straight = not self.via and self.end.x() > self.start.x()
        self._reach = (self.end - self.start).manhattanLength() if straight else math.inf
        half = max(SLEEVE, self._label_size.width() / 2 + 2)
        self._bounds = self._path.controlPointRect().adjusted(-half, -10, half, 10)
