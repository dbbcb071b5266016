"""Connect: drag a wire from a port; ports that may take it light up, the others fade and say why."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from core.errors import Problem
from core.graph import edits, rewire
from core.graph.document import Document, Edge
from core.graph.wires import misfit
from gui.canvas import changes, geometry, wiring
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem, PortState

if TYPE_CHECKING:
    from gui.canvas.under import Hit
    from gui.canvas.view import CanvasView

CLOSED = "No port of this group takes this wire. Expand it to wire the layers in it."


class Connect(Gesture):
    """From an output to an input, or the other way round. From an input with a wire, that wire's end is moved; let
    go over nothing, it is removed. A new wire that is let go over nothing offers the layers that fit there.

    With `lifted`, `port` is the end of that wire which stays.
    """

    cursor = Qt.CursorShape.CrossCursor
    hint = "On a port: connect  ·  On empty canvas: choose a layer  ·  Esc: cancel"

    def __init__(self, canvas: CanvasView, start: Pointer, port: PortItem, lifted: Edge | None = None):
        super().__init__(canvas, start)
        self._lifted = lifted or self._wire_at(port)
        fixed = self.scene.nodes[self._lifted.source].output if self._lifted and not lifted else None
        self._fixed = fixed or port
        self._closing: frozenset[str] = frozenset()
        self._refusals: dict[PortItem, Problem | None] = {}
        self._target: PortItem | None = None

    def begin(self) -> None:
        self._wire = EdgeItem(None, self.scene.ink)
        self._wire.mark(loose=True)
        self._wire.setZValue(3)
        self.scene.addItem(self._wire)
        self.scene.hover(None)
        self._closing = self._loops()
        if self._lifted:
            self.scene.wires[self._lifted].setVisible(False)
        self._mark_all()

    def move(self, at: Pointer) -> None:
        if self.canvas.shown_area() != self._area:
            self._mark_all()
        self._aim(at)
        legal = self._target is not None and self._legal(self._target)
        end = self.scene.groups.port_pos(self._target) if self._target is not None and legal else at.scene
        start = self._anchor()
        self._wire.route(*((start, end) if self._fixed.ref.name is None else (end, start)))
        self._wire.mark(live=legal)
        self.canvas.show_reason(self._reason(at), at.view)

    def end(self, at: Pointer) -> None:
        if not self.dragging:
            self._click()
            return
        self._aim(at)
        target = self._target
        dangles = target is None and not self._lifted and _blank(at.hit)
        self._clear(keep=dangles)
        document = self.canvas.context.document
        if dangles:
            self.canvas.quick_add.at_wire(self._fixed.ref, at.scene, self._wire)
        elif target is None:
            if self._lifted:
                self.canvas.do(changes.disconnect(document, self._lifted))
        elif problem := self._refusal(target):
            self.canvas.context.notify.refuse(problem)
        elif (edge := self._edge(target)) != self._lifted:
            self._connect(document, edge)

    def cancel(self) -> None:
        if self.dragging:
            self._clear()

    def _click(self) -> None:
        if isinstance(self.start.hit, PortItem):
            self.canvas.choose([self.start.hit.ref.node])
        elif self._lifted and self.start.adds:
            wires = self.start.joined(self.scene.selected_wires, frozenset({self._lifted}))
            self.canvas.choose(self.canvas.context.selection, wires, self.scene.notes.picked)

    def _connect(self, document: Document, edge: Edge) -> None:
        if self._lifted is None:
            self.canvas.do(changes.connect(document, edge))
            return
        selected = self._lifted in self.scene.selected_wires
        if self.canvas.do(wiring.reconnect(document, self._lifted, edge)) is None and selected:
            self.canvas.choose((), [edge])

    def _wire_at(self, port: PortItem) -> Edge | None:
        if port.ref.name is None:
            return None
        wires = self.scene.wires_at(port.ref.node)
        return next((e for e in wires if (e.target, e.port) == (port.ref.node, port.ref.name)), None)

    def _edge(self, other: PortItem) -> Edge:
        source, target = (self._fixed, other) if self._fixed.ref.name is None else (other, self._fixed)
        return Edge(source.ref.node, target.ref.node, target.ref.name or "")

    def _document(self) -> Document:
        document = self.canvas.context.document
        return edits.disconnect(document, [self._lifted]) if self._lifted else document

    def _fits(self, port: PortItem) -> bool:
        return (port.ref.name is None) != (self._fixed.ref.name is None)

    def _loops(self) -> frozenset[str]:
        """The nodes that the wire would close a loop with: looked up once, not for every port."""
        node, from_output = self._fixed.ref.node, self._fixed.ref.name is None
        document = self._document()
        return rewire.closing(document, source=node) if from_output else rewire.closing(document, target=node)

    def _legal(self, port: PortItem) -> bool:
        document = self.canvas.context.document
        return port.ref.node not in self._closing and misfit(document, self._edge(port)) is None

    def _refusal(self, port: PortItem) -> Problem | None:
        if port not in self._refusals:
            self._refusals[port] = edits.refusal(self._document(), self._edge(port))
        return self._refusals[port]

    def _anchor(self) -> QPointF:
        """Where the end that stays is. That of a drawn wire may be at a card that stands for its node."""
        if self._lifted is None:
            return self.scene.groups.port_pos(self._fixed)
        drawn = self.scene.wires[self._lifted]
        return drawn.start if self._fixed.ref.name is None else drawn.end

    def _mark_all(self) -> None:
        """Let the ports in view say what they would do. The paper may move on during the drag."""
        self._area = self.canvas.shown_area()
        for card in self.canvas.visible_nodes():
            for port in card.ports:
                if port is not self._target:
                    self._mark(port)
        for stack in self.scene.groups.cards.values():
            for port, _ in stack.ports():
                self._mark(port)
            stack.update()

    def _mark(self, port: PortItem) -> None:
        if port is self._fixed:
            port.put(PortState.TARGET)
        elif not self._fits(port) or not self._legal(port):
            port.put(PortState.FADED)
        else:
            port.put(PortState.LEGAL)

    def _aim(self, at: Pointer) -> None:
        """Choose the port that the wire would end at: the nearest legal one, or the one that is pointed at."""
        found = self._near(at)
        if found is not self._target:
            if self._target is not None:
                self._mark(self._target)
            self._target = found
            if found is not None:
                found.put(PortState.TARGET if self._legal(found) else PortState.REFUSED)
            for stack in self.scene.groups.cards.values():
                stack.update()

    def _near(self, at: Pointer) -> PortItem | None:
        places = self._candidates(at)
        reach = max(geometry.REACH, geometry.REACH / self.canvas.zoom)
        legal = [(port, place) for port, place in places if self._legal(port)]
        found = geometry.nearest(at.scene, legal, reach)
        if found is None:
            found = geometry.nearest(at.scene, places, reach / 2)
        return self._on_card(at) if found is None else found

    def _on_card(self, at: Pointer) -> PortItem | None:
        stack = next((stack for stack in self.scene.groups.cards.values() if stack is at.hit), None)
        places = stack.ports() if stack is not None else []
        if isinstance(at.hit, NodeItem):
            places = [(port, port.scenePos()) for port in at.hit.ports]
        own = [(port, place) for port, place in places if self._fits(port) and port is not self._fixed]
        legal = [(port, place) for port, place in own if self._legal(port)]
        return geometry.nearest(at.scene, legal or own, geometry.WIDTH)

    def _candidates(self, at: Pointer) -> list[tuple[PortItem, QPointF]]:
        reach = max(geometry.REACH, geometry.REACH / self.canvas.zoom)
        near = [(port, port.scenePos()) for port in self.scene.around(at.scene, reach)]
        for stack in self.scene.groups.cards.values():
            near += stack.ports()
        return [(port, place) for port, place in near if self._fits(port) and port is not self._fixed]

    def _reason(self, at: Pointer) -> str:
        if self._target is None:
            return CLOSED if any(stack is at.hit for stack in self.scene.groups.cards.values()) else ""
        problem = self._refusal(self._target)
        return problem.message if problem else ""

    def _clear(self, *, keep: bool = False) -> None:
        if not keep:
            self.scene.removeItem(self._wire)
        self.canvas.show_reason("", QPointF().toPoint())
        for card in self.scene.nodes.values():
            for port in card.ports:
                port.put(PortState.REST)
        for stack in self.scene.groups.cards.values():
            stack.update()
        if self._lifted and self._lifted in self.scene.wires:
            self.scene.wires[self._lifted].setVisible(True)


def _blank(hit: Hit) -> bool:
    """True where a layer can stand: on the paper, also on notes and frames behind the wires."""
    return hit is None or isinstance(hit, EdgeItem) or (isinstance(hit, Handle) and hit.zValue() < 0)
