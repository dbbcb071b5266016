"""One node. Painting only: what it shows is a `NodeLook`, where it stands is told to it."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.layers import LAYERS
from gui.canvas import geometry
from gui.canvas.card import CardState, fit_text, paint_card
from gui.canvas.ink import Ink
from gui.canvas.look import NodeLook
from gui.canvas.port_item import PortItem, PortRef


class NodeItem(QGraphicsItem):
    """A card with its ports."""

    def __init__(self, name: str, kind: str, look: NodeLook, ink: Ink):
        super().__init__()
        self.name = name
        self.kind = kind
        self.look = look
        self.state = CardState()
        self._ink = ink
        self._text = fit_text(look, ink)
        self.height = geometry.card_height(len(look.inputs))
        self.inputs = {port: self._input(i, port) for i, port in enumerate(look.inputs)}
        self.output = self._output() if look.output else None
        self.setZValue(1)
        self._dress()

    @property
    def ports(self) -> list[PortItem]:
        """Every port: the inputs in declared order, then the output."""
        return [*self.inputs.values(), *([self.output] if self.output else [])]

    def show_look(self, look: NodeLook) -> None:
        """Show other words. The ports stay as they are: they belong to the kind."""
        if look != self.look:
            self.look = look
            self.restyle()

    def restyle(self) -> None:
        """Measure and paint again, as after a change of theme."""
        self._text = fit_text(self.look, self._ink)
        self._dress()
        self.update()

    def put(self, state: CardState) -> None:
        """Stand out, or not."""
        if state != self.state:
            self.state = state
            self.setZValue(2 if state.selected else 1)
            self.update()

    def card(self) -> QRectF:
        """The card in scene coordinates."""
        return QRectF(self.x(), self.y(), geometry.WIDTH, self.height)

    def input_pos(self, name: str) -> QPointF:
        """Where a wire to `name` ends, in scene coordinates; in the middle of the edge for a port that is not there."""
        port = self.inputs.get(name)
        return self.pos() + (port.pos() if port else QPointF(0, self.height / 2))

    def output_pos(self) -> QPointF:
        """Where wires from this node begin, in scene coordinates."""
        return self.pos() + geometry.output_point(len(self.look.inputs))

    def boundingRect(self) -> QRectF:
        return QRectF(-12, -8, geometry.WIDTH + 24, self.height + 20)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        scale = zoom * painter.device().devicePixelRatioF()
        paint_card(painter, self.look, self._text, self._ink, self.state, scale, zoom)

    def _dress(self) -> None:
        self.setToolTip(self.look.tip)
        for name, port in self.inputs.items():
            port.troubled = name in self.look.troubled_ports
            port.update()

    def _input(self, index: int, port: str) -> PortItem:
        declared = LAYERS[self.kind].inputs if self.kind in LAYERS else ()
        doc = next((p.doc for p in declared if p.name == port), "")
        tip = f"Input {port}: {doc}." if doc else f"Input {port}."
        return PortItem(PortRef(self.name, port), geometry.input_point(index, len(self.look.inputs)), tip,
                        self._ink, self)

    def _output(self) -> PortItem:
        at = geometry.output_point(len(self.look.inputs))
        return PortItem(PortRef(self.name, None), at, "Output. Drag from here to an input.", self._ink, self)
