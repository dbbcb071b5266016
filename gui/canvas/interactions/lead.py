"""Lead: drag a point that a wire is led through."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.graph.document import Edge, Point
from gui.canvas import wiring
from gui.canvas.interactions._base import Gesture, Pointer

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Lead(Gesture):
    """The point follows the pointer on the grid, or freely with Shift held. A click chooses it."""

    cursor = Qt.CursorShape.SizeAllCursor
    hint = "Shift: off the grid  ·  Esc: cancel"

    def __init__(self, canvas: CanvasView, start: Pointer, edge: Edge, index: int):
        super().__init__(canvas, start)
        self._edge = edge
        self._index = index
        self._way = canvas.context.document.routes[edge]

    def begin(self) -> None:
        self.scene.ways.choose(self.canvas, self._edge, self._index)

    def move(self, at: Pointer) -> None:
        self.scene.ways.show_way(self._edge, self._moved(at))

    def end(self, at: Pointer) -> None:
        if not self.dragging:
            self.scene.ways.choose(self.canvas, self._edge, self._index)
        elif (way := self._moved(at)) != self._way:
            self.canvas.do(wiring.lead(self.canvas.context.document, self._edge, way, "Move a point of a wire"))
        self.scene.ways.settle(self._edge)

    def cancel(self) -> None:
        self.scene.ways.settle(self._edge)

    def _moved(self, at: Pointer) -> tuple[Point, ...]:
        place = wiring.snapped(at.scene, at.free)
        return (*self._way[: self._index], place, *self._way[self._index + 1 :])
