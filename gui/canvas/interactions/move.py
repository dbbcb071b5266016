"""Move: drag cards; a click selects."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph.document import Point
from gui.canvas import annotating, wiring
from gui.canvas.guides import Guides
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.node_item import NodeItem
from gui.canvas.wire_drop import WireDrop

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Move(Gesture):
    """All selected cards follow the one that was grabbed. They snap to their neighbours, or else that one snaps to the
    grid; with Shift held nothing snaps. A single card that is let go over a wire is put into it."""

    stays = False
    hint = "Shift: do not snap  ·  Over a wire: insert  ·  Esc: cancel"

    def __init__(self, canvas: CanvasView, start: Pointer, card: NodeItem):
        super().__init__(canvas, start)
        self._grabbed = card.name
        self._was, self._notes = canvas.context.selection, self.scene.notes.picked
        if card.name not in self._was and not start.adds:
            canvas.choose([card.name])

    def begin(self) -> None:
        if self._grabbed not in self.canvas.context.selection:
            self.canvas.choose([*self._was, self._grabbed], (), self._notes)
        nodes = self.canvas.context.document.nodes
        self._from = {name: nodes[name].position for name in self.canvas.context.selection}
        self._guides = Guides(self.canvas, self._from, self._grabbed, stay=self.stays)
        self._wire = WireDrop.of_node(self.scene, self.canvas.context.document, self._grabbed)

    def move(self, at: Pointer) -> None:
        self.show(*self._way(at))

    def end(self, at: Pointer) -> None:
        if not self.dragging:
            self._click(at)
        else:
            dx, dy = self._way(at)
            self._guides.remove()
            self.drop(dx, dy)
            # Also where nothing changed: the cards stand where the pointer was last.
            self.settle()

    def cancel(self) -> None:
        if self.dragging:
            self._guides.remove()
            self.settle()
        self.canvas.choose(self._was, (), self._notes)

    def show(self, dx: float, dy: float) -> None:
        """Show what is dragged so far from where the drag began."""
        self.scene.place(self._places(dx, dy))
        self.scene.notes.shift(dx, dy)
        if len(self._from) == 1 and not self._notes:
            self._wire.aim(self.scene.nodes[self._grabbed].card().center())

    def drop(self, dx: float, dy: float) -> None:
        """Put what was dragged there."""
        self.show(dx, dy)
        if self._wire.edge is not None:
            cards = {name: item.card() for name, item in self.scene.nodes.items()}
            self.canvas.do(wiring.insert(self.canvas.context.document, cards, self._grabbed, self._wire.edge))
            return
        notes = self.scene.notes.shifted(dx, dy)
        self.canvas.do(annotating.move(self.canvas.context.document, self._places(dx, dy), notes))

    def settle(self) -> None:
        """Show everything where the document has it."""
        self._wire.clear()
        self.scene.settle(self._from)
        self.scene.notes.shift(0, 0)

    def _way(self, at: Pointer) -> Point:
        return self._guides.snapped(at.scene - self.start.scene, free=at.free)

    def _places(self, dx: float, dy: float) -> dict[str, Point]:
        return {name: (x + dx, y + dy) for name, (x, y) in self._from.items()}

    def _click(self, at: Pointer) -> None:
        if self.start.adds:
            self.canvas.choose(self.start.joined(self._was, {self._grabbed}), self.scene.selected_wires, self._notes)
        else:
            self.canvas.choose([self._grabbed])
