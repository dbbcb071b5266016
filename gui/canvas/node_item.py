"""One node. Painting only: what it shows is a `NodeLook`, where it stands is told to it."""
from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.engine.cost import FREE, Cost
from core.errors import Problem
from core.layers import LAYERS
from gui.canvas import geometry
from gui.canvas.card import (
    EMBLEM_ZOOM,
    CardState,
    Chip,
    blank,
    chip_of,
    fit_text,
    paint_card,
    paint_chip,
    paint_paper,
)
from gui.canvas.column_item import ColumnItem
from gui.canvas.ink import Ink
from gui.canvas.look import NodeLook
from gui.canvas.port_item import DOT_ZOOM, PortItem, PortRef, PortState
from gui.canvas.thumbnail_item import ThumbnailItem
from gui.figures import percent, short
from gui.thumbs.face import Face


class NodeItem(QGraphicsItem):
    """A card with its ports; drawn as neurons, with a column of them below.

    `changes` counts how often any card came, went, moved or took another size: what keeps clear of cards looks again.
    """

    changes: ClassVar[int] = 0

    def __init__(self, name: str, kind: str, look: NodeLook, ink: Ink):
        super().__init__()
        self.name = name
        self.kind = kind
        self.look = look
        self.state = CardState()
        self.cost, self.share = FREE, 0.0
        self._ink = ink
        self._text = fit_text(look, ink)
        self.head = self.height = geometry.card_height(len(look.inputs))
        self._bounds = QRectF()
        self._chip: Chip | None = None
        self.column: ColumnItem | None = None
        self.thumbnail: ThumbnailItem | None = None
        self.below = 0.0
        self.inputs = {port: self._input(i, port) for i, port in enumerate(look.inputs)}
        self.output = self._output() if look.output else None
        self._ports = self.ports
        self.setZValue(1)
        self._measure()
        self._dress()

    @property
    def ports(self) -> list[PortItem]:
        """Every port: the inputs in declared order, then the output."""
        return [*self.inputs.values(), *([self.output] if self.output else [])]

    def show_look(self, look: NodeLook) -> bool:
        """Show other words. The ports stay as they are: they belong to the kind. True if the size changed."""
        look = replace(look, health=self.look.health)
        if look == self.look:
            return False
        before, self.look = self.look, look
        if look.column != before.column:
            self._measure()
        self.restyle()
        return look.column != before.column

    def show_health(self, findings: tuple[Problem, ...]) -> None:
        """Show that the node is not well, or is again."""
        if findings != self.look.health:
            self.look = replace(self.look, health=findings)
            self.restyle()

    def show_cost(self, cost: Cost, share: float) -> None:
        """Show how many parameters the node has, and which share of all there is to compute."""
        before, self.cost, self.share = self.cost.parameters, cost, share
        if cost.parameters != before:
            self.restyle()
        bar = round(share * geometry.WIDTH)
        if bar != self.state.bar:
            self.put(replace(self.state, bar=bar))

    @property
    def tip(self) -> str:
        """The tool tip."""
        weights = f"{self.cost.parameters:,} parameters" if self.cost.parameters else ""
        work = f"{percent(self.share)} of the computing cost: {self.cost.operations:,} multiply-adds per sample"
        return "\n".join(filter(None, (self.look.tip, weights, work if self.share else "")))

    def description(self) -> str:
        """The node in one line, to be read out."""
        weights = f", {self.cost.parameters:,} parameters" if self.cost.parameters else ""
        return f"{self.look.spoken}{weights}"

    def restyle(self) -> None:
        """Measure and paint again, as after a change of theme."""
        self._chip = None
        count = short(self.cost.parameters) if self.column is None else ""
        self._text = fit_text(self.look, self._ink, count)
        if self.column is not None:
            self.column.update()
        self._dress()

    def put(self, state: CardState) -> None:
        """Stand out, or not."""
        if state != self.state:
            self.state = state
            if state.hovered:
                # The share changes with every edit somewhere: said when it is wanted.
                self.setToolTip(self.tip)
            self.setZValue(2 if state.selected else 1)
            self.update()

    @property
    def bare(self) -> float:
        """Height without a thumbnail."""
        return self.head + (0.0 if self.column is None else self.column.column.height)

    def grow(self, below: float) -> bool:
        """Have so much room for a thumbnail on the card, or none. True if the size changed."""
        if below == self.below:
            return False
        self.below = below
        if self.thumbnail is None:
            self.thumbnail = ThumbnailItem(self.head, self._ink, self)
        self.thumbnail.setVisible(bool(below))
        self._chip = None
        self._measure()
        self.update()
        return True

    def show_face(self, face: Face | None, ringed: int | None) -> None:
        """Show what the node computes, in its neurons or on its card."""
        for shown in (self.column, self.thumbnail if self.below else None):
            if shown is not None:
                shown.show_face(face)
        self.ring(ringed)

    def ring(self, number: int | None) -> None:
        """Mark the neuron that is inspected, or none."""
        for shown in (self.column, self.thumbnail):
            if shown is not None:
                shown.ring(number)

    def stand(self, x: float, y: float) -> None:
        """Stand with the top left corner there."""
        NodeItem.changes += 1
        self.setPos(x, y)

    def setVisible(self, visible: bool) -> None:
        NodeItem.changes += 1
        super().setVisible(visible)

    def card(self) -> QRectF:
        """The card in scene coordinates."""
        return QRectF(self.x(), self.y(), self.look.width, self.height)

    def input_pos(self, name: str) -> QPointF:
        """Where a wire to `name` ends, in scene coordinates; in the middle of the edge for a port that is not there."""
        port = self.inputs.get(name)
        return self.pos() + (port.pos() if port else QPointF(0, self.height / 2))

    def output_pos(self) -> QPointF:
        """Where wires from this node begin, in scene coordinates."""
        return self.pos() + self._output_point()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        if self.below and self.column is None and zoom >= EMBLEM_ZOOM and not self._ink.plain:
            # Many times a second the thumbnail changes, and nothing else.
            exposed = self._ink.exposure.within(painter, self._bounds, blank(self.look, zoom, self.below))
            if exposed is not None:
                paint_paper(painter, self.look, self._ink, exposed)
                return
        if zoom < EMBLEM_ZOOM and not self._ink.plain:
            if self._chip is None:
                self._chip = chip_of(self.look, self._ink, self.head + self.below)
            paint_chip(painter, self._chip, self._ink, self.state, zoom)
        else:
            scale = zoom * painter.device().devicePixelRatioF()
            paint_card(painter, self.look, self._text, self._ink, self.state, scale, zoom, self.below)
        for port in self._ports:
            if zoom >= DOT_ZOOM or port.state is not PortState.REST:
                port.draw(painter, zoom)

    def _dress(self) -> None:
        self.setToolTip(self.tip)
        for name, port in self.inputs.items():
            port.troubled = name in self.look.troubled_ports
        self.update()

    def _input(self, index: int, port: str) -> PortItem:
        declared = LAYERS[self.kind].inputs if self.kind in LAYERS else ()
        doc = next((p.doc for p in declared if p.name == port), "")
        tip = f"Input {port}: {doc}." if doc else f"Input {port}."
        return PortItem(PortRef(self.name, port), geometry.input_point(index, len(self.look.inputs)), tip,
                        self._ink, self)

    def _output(self) -> PortItem:
        at = self._output_point()
        return PortItem(PortRef(self.name, None), at, "Output. Drag from here to an input.", self._ink, self)

    def _output_point(self) -> QPointF:
        return QPointF(self.look.width, geometry.output_point(len(self.look.inputs)).y())

    def _measure(self) -> None:
        """Take the size that the look asks for, with a column of neurons or without."""
        NodeItem.changes += 1
        column = self.look.column
        self.prepareGeometryChange()
        self.height = self.head + (self.below if column is None else column.height)
        self._bounds = QRectF(-12, -8, self.look.width + 24, self.height + 20)
        if self.output is not None:
            self.output.setPos(self._output_point())
        if column is None:
            self._drop_column()
        elif self.column is None:
            self.column = ColumnItem(self.name, column, self.head, self._ink, self)
        else:
            self.column.show_column(column)

    def _drop_column(self) -> None:
        if self.column is not None:
            self.column.leave()
            self.scene().removeItem(self.column)
            self.column = None
