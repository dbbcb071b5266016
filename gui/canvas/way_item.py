"""What can be grabbed on a wire: the points that it is led through, and the grips at both ends of a selected one."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.graph.document import Edge
from gui.canvas import geometry, wiring
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.interactions.connect import Connect
from gui.canvas.interactions.lead import Lead

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.view import CanvasView

RADIUS, RESTING = 4.0, 1.75
GRIP_RADIUS = 4.5
GRIP_OFF = 20.0


class WireHandle(Handle):
    """A round thing on a wire. It is there while the wire is drawn."""

    place = "wire"
    radius = RADIUS
    reach = geometry.PORT_HIT

    def __init__(self, wire: EdgeItem, ink: Ink):
        super().__init__()
        assert wire.edge is not None
        self.wire = wire
        self.edge: Edge = wire.edge
        self._ink = ink
        self.hovered = False
        self.setZValue(0.7)

    def boundingRect(self) -> QRectF:
        reach = geometry.PORT_HIT + 2
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def grabs(self, point: QPointF, reach: float) -> bool:
        off, near = point - self.scenePos(), min(reach, self.reach)
        return self.wire.shown and off.x() ** 2 + off.y() ** 2 <= near * near

    def choose(self, canvas: CanvasView) -> None:
        canvas.choose((), [self.edge])

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        return Qt.CursorShape.SizeAllCursor

    def lift(self, on: bool) -> None:
        self.hovered = on
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.wire.shown and not self._ink.plain:
            line, fill = self._colours()
            painter.setPen(self._ink.pen(line, 2))
            painter.setBrush(self._ink.colour(fill))
            painter.drawEllipse(QPointF(), self._grown(), self._grown())

    def _grown(self) -> float:
        return self.radius + 1 if self.hovered else self.radius

    def _colours(self) -> tuple[str, str]:
        return "accent_ink", "accent_ink" if self.hovered else "port"


class WayPoint(WireHandle):
    """A point that a wire is led through. It is dragged; a double-click, or Delete while it is chosen, removes it."""

    def __init__(self, wire: EdgeItem, ink: Ink, index: int):
        super().__init__(wire, ink)
        self.index = index
        self.chosen = False
        self.setToolTip("Drag to lead the wire elsewhere. Double-click to remove the point.")

    def mark(self, chosen: bool) -> None:
        """Stand out as the one that Delete removes."""
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        return Lead(canvas, at, self.edge, self.index)

    def choose(self, canvas: CanvasView) -> None:
        canvas.canvas_scene.ways.choose(canvas, self.edge, self.index)

    def double_click(self, canvas: CanvasView, at: Pointer) -> bool:
        wiring.remove_point(canvas, self.edge, self.index)
        return True

    def _grown(self) -> float:
        # Quiet until it matters: an arrangement leads many wires through points.
        return super()._grown() if self.chosen or self.wire.selected or self.wire.hovered or self.hovered else RESTING

    def _colours(self) -> tuple[str, str]:
        if self.chosen:
            return "accent_ink", "accent_ink"
        return ("accent_ink", "port") if self.hovered or self.wire.selected else ("wire", "wire")


class Grip(WireHandle):
    """One end of a selected wire, to be plugged in elsewhere; `out` is the end at the output."""

    radius = GRIP_RADIUS
    # The middle of a short wire is the wire's.
    reach = GRIP_RADIUS + 3

    def __init__(self, wire: EdgeItem, ink: Ink, out: bool):
        super().__init__(wire, ink)
        self.out = out
        self.setToolTip("Drag to plug this end in elsewhere.")
        self.settle()

    def settle(self) -> None:
        """Stand on the wire, close to its end."""
        self.setPos(self.wire.point_near_end(GRIP_OFF, self.out))

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        nodes = canvas.canvas_scene.nodes
        stays = nodes[self.edge.target].inputs.get(self.edge.port) if self.out else nodes[self.edge.source].output
        return Connect(canvas, at, stays, self.edge) if stays is not None else None

    def double_click(self, canvas: CanvasView, at: Pointer) -> bool:
        wiring.add_point(canvas, self.edge, at.scene)
        return True

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        return Qt.CursorShape.CrossCursor
