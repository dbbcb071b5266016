"""Move: drag cards; a click selects."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui.canvas import wiring
from gui.canvas.interactions._base import Pointer
from gui.canvas.interactions.carry import Guided
from gui.canvas.node_item import NodeItem
from gui.canvas.wire_drop import WireDrop

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Move(Guided):
    """All selected cards follow the one that was grabbed. A single card that is let go over a wire is put into it."""

    hint = "Shift: do not snap  ·  Over a wire: insert  ·  Esc: cancel"

    def __init__(self, canvas: CanvasView, start: Pointer, card: NodeItem):
        super().__init__(canvas, start)
        self._grabbed = card.name
        self._was, self._notes = canvas.context.selection, self.scene.notes.picked
        if card.name not in self._was and not start.adds:
            canvas.choose([card.name])

    def take(self) -> None:
        if self._grabbed not in self.canvas.context.selection:
            self.canvas.choose([*self._was, self._grabbed], (), self._notes)

    def lead(self) -> str:
        return self._grabbed

    def begin(self) -> None:
        super().begin()
        self._wire = WireDrop.of_node(self.scene, self.canvas.context.document, self._grabbed)

    def cancel(self) -> None:
        super().cancel()
        self.canvas.choose(self._was, (), self._notes)

    def show(self, dx: float, dy: float) -> None:
        super().show(dx, dy)
        if len(self._from) == 1 and not self._notes:
            self._wire.aim(self.scene.nodes[self._grabbed].card().center())

    def drop(self, dx: float, dy: float) -> None:
        self.show(dx, dy)
        if self._wire.edge is None:
            super().drop(dx, dy)
            return
        cards = {name: item.card() for name, item in self.scene.nodes.items()}
        self.canvas.do(wiring.insert(self.canvas.context.document, cards, self._grabbed, self._wire.edge))

    def settle(self) -> None:
        self._wire.clear()
        super().settle()

    def click(self) -> None:
        if self.start.adds:
            self.canvas.choose(self.start.joined(self._was, {self._grabbed}), self.scene.selected_wires, self._notes)
        else:
            self.canvas.choose([self._grabbed])
