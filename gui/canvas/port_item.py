"""One port of a node: what it shows. Its node paints it, so that the scene has fewer items to go through."""
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import geometry
from gui.canvas.ink import Ink

DOT_ZOOM = 0.25
REACH = geometry.PORT_HIT + 2
BOUNDS = QRectF(-REACH, -REACH, 2 * REACH, 2 * REACH)


@dataclass(frozen=True, slots=True)
class PortRef:
    """Names a port: an input by its name, the output by None."""

    node: str
    name: str | None


class PortState(Enum):
    """What a port says while the pointer is near it or a wire is drawn."""

    REST = "rest"
    HOVER = "hover"
    LEGAL = "legal"
    TARGET = "target"
    REFUSED = "refused"
    FADED = "faded"


class PortItem(QGraphicsItem):
    """A round port, a child of its node."""

    def __init__(self, ref: PortRef, at: QPointF, tip: str, ink: Ink, parent: QGraphicsItem):
        super().__init__(parent)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.ref = ref
        self._node = parent
        self._ink = ink
        self.state = PortState.REST
        self.wires = 0
        self.troubled = False
        self.idle = False
        self.setPos(at)
        self.setToolTip(tip)

    def put(self, state: PortState) -> None:
        """Show another state."""
        if state is not self.state:
            self.state = state
            self._node.update()

    def count_wires(self, change: int) -> None:
        """A wire came (1) or went (-1). A port with wires is drawn full."""
        self.wires += change
        self._node.update()

    def rest(self, idle: bool) -> None:
        """Be drawn only while it is of use: lines between neurons stand for its wires."""
        if idle != self.idle:
            self.idle = idle
            self._node.update()

    def boundingRect(self) -> QRectF:
        return BOUNDS

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Nothing: its node draws it."""

    def draw(self, painter: QPainter, zoom: float) -> None:
        """Draw it in the coordinates of its node."""
        state = PortState.REST if self._ink.plain else self.state
        if state is PortState.REST and (self.idle or zoom < DOT_ZOOM):
            return
        ink, radius, at = self._ink, geometry.PORT_RADIUS - 1, self.pos()
        if state in (PortState.LEGAL, PortState.TARGET):
            painter.setPen(ink.pen("accent_soft", 1))
            painter.setBrush(ink.colour("accent_soft"))
            painter.drawEllipse(at, radius + 5, radius + 5)
        line, fill = self._colours(state)
        painter.setPen(ink.pen(line, 2 if state is not PortState.REST or self.troubled else 1.5))
        painter.setBrush(ink.colour(fill))
        grown = radius + 1 if state in (PortState.HOVER, PortState.TARGET, PortState.REFUSED) else radius
        painter.drawEllipse(at, grown, grown)

    def _colours(self, state: PortState) -> tuple[str, str]:
        if state in (PortState.HOVER, PortState.LEGAL):
            return "accent_ink", "port"
        if state is PortState.FADED:
            return "canvas_dot", "canvas_dot"
        if state is PortState.TARGET:
            return "accent_ink", "accent_ink"
        if state is PortState.REFUSED or (self.troubled and not self.wires):
            return "error", "port"
        return ("wire", "wire") if self.wires else ("text_faint", "port")
