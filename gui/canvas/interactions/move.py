"""Move: drag cards; a click selects."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui.canvas import changes, geometry
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.node_item import NodeItem

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Move(Gesture):
    """All selected cards follow the one that was grabbed, which snaps to the grid unless Shift is held."""

    def __init__(self, canvas: CanvasView, start: Pointer, card: NodeItem):
        super().__init__(canvas, start)
        self._grabbed = card.name
        self._was = canvas.context.selection
        if card.name not in self._was and not start.adds:
            canvas.choose([card.name])

    def begin(self) -> None:
        if self._grabbed not in self.canvas.context.selection:
            self.canvas.choose([*self._was, self._grabbed])
        nodes = self.canvas.context.document.nodes
        self._from = {name: nodes[name].position for name in self.canvas.context.selection}

    def move(self, at: Pointer) -> None:
        self.scene.place(self._places(at))

    def end(self, at: Pointer) -> None:
        if not self.dragging:
            self._click(at)
        elif (where := self._places(at)) != self._from:
            change = changes.move(self.canvas.context.document, where)
            if self.canvas.do(change):
                self.scene.settle(self._from)

    def cancel(self) -> None:
        if self.dragging:
            self.scene.settle(self._from)
        self.canvas.choose(self._was)

    def _places(self, at: Pointer) -> dict[str, tuple[float, float]]:
        x, y = self._from[self._grabbed]
        delta = at.scene - self.start.scene
        to_x, to_y = x + delta.x(), y + delta.y()
        if not at.free:
            to_x, to_y = geometry.snap(to_x), geometry.snap(to_y)
        return {name: (px + to_x - x, py + to_y - y) for name, (px, py) in self._from.items()}

    def _click(self, at: Pointer) -> None:
        if self.start.adds:
            self.canvas.choose(self._was ^ {self._grabbed}, self.scene.selected_wires)
        else:
            self.canvas.choose([self._grabbed])
