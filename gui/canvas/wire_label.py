"""The shape that a wire carries: where there is room for it along the wire, and the tag that shows it on hovering."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import geometry
from gui.canvas.ink import Ink

HEIGHT = 16.0
PADDING = 4.0
# Where along the wire a label may stand, the best place first.
PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
LIFT = 20.0


def size_of(label: str, ink: Ink) -> QSizeF:
    """How much room a label takes."""
    return QSizeF(ink.small_metrics.horizontalAdvance(label) + 2 * PADDING, HEIGHT)


def place_on(path: QPainterPath, size: QSizeF, taken: Callable[[QRectF], bool],
             best: QPointF | None = None) -> QRectF | None:
    """The first place along a wire, or `best`, where a label covers nothing that is `taken`, nor the wire's ports."""
    ends = [path.pointAtPercent(0.0), path.pointAtPercent(1.0)]
    for middle in (*([best] if best is not None else []), *map(path.pointAtPercent, PLACES)):
        box = around(middle, size)
        near = box.adjusted(-geometry.PORT_RADIUS, -geometry.PORT_RADIUS, geometry.PORT_RADIUS, geometry.PORT_RADIUS)
        if not any(near.contains(end) for end in ends) and not taken(box):
            return box
    return None


def around(middle: QPointF, size: QSizeF) -> QRectF:
    """A rectangle of that size with this middle."""
    return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)


def paint_label(painter: QPainter, box: QRectF, label: str, ink: Ink, token: str) -> None:
    """Paint a label over its wire."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour("canvas"))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    _write(painter, box, label, ink, token)


class WireTag(QGraphicsItem):
    """A label above everything, as large at every zoom, for a wire that has no room for its own."""

    def __init__(self, label: str, at: QPointF, ink: Ink):
        super().__init__()
        self.label = label
        self._ink = ink
        self._box = around(QPointF(0, -LIFT), size_of(label, ink)).adjusted(-PADDING, -2, PADDING, 2)
        self.setPos(at)
        self.setZValue(5)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        radius = float(self._ink.tokens.radius_s)
        painter.setPen(self._ink.pen("border_strong", 1.0))
        painter.setBrush(self._ink.colour("raised"))
        painter.drawRoundedRect(self._box, radius, radius)
        _write(painter, self._box, self.label, self._ink, "text")


def _write(painter: QPainter, box: QRectF, label: str, ink: Ink, token: str) -> None:
    painter.setFont(ink.small_font)
    painter.setPen(ink.colour(token))
    width = ink.small_metrics.horizontalAdvance(label)
    painter.drawText(box.center() + QPointF(-width / 2, ink.small_metrics.capHeight() / 2), label)
