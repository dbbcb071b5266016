"""What of the scene is under the pointer."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from gui.canvas import geometry
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem

Hit = NodeItem | PortItem | EdgeItem | Handle | None
FARTHEST = 16.0


def near(scene: QGraphicsScene, point: QPointF, reach: float) -> list[QGraphicsItem]:
    """The items near `point`, the foremost first."""
    square = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
    return scene.items(square, Qt.ItemSelectionMode.IntersectsItemBoundingRect)


def under(scene: QGraphicsScene, point: QPointF, zoom: float) -> Hit:
    """What is under `point`: a port before its card, a card before a wire. Ports and wires are as easy to hit when
    zoomed out."""
    reach = min(FARTHEST, max(geometry.PORT_HIT, geometry.PORT_HIT / zoom))
    wires: list[EdgeItem] = []
    behind: Handle | None = None
    for item in near(scene, point, reach):
        if isinstance(item, PortItem) and _length(item.scenePos() - point) <= reach:
            return item
        if isinstance(item, NodeItem) and item.card().contains(point):
            return item
        if isinstance(item, Handle) and behind is None and item.grabs(point, reach):
            if item.zValue() >= 0:
                return item
            behind = item
        if isinstance(item, EdgeItem) and item.edge is not None:
            wires.append(item)
    close = min(wires, key=lambda wire: wire.distance(point), default=None)
    touched = close is not None and close.distance(point) <= max(geometry.WIRE_HIT, geometry.WIRE_HIT / zoom)
    return close if touched else behind


def _length(vector: QPointF) -> float:
    return float((vector.x() ** 2 + vector.y() ** 2) ** 0.5)
