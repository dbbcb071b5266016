"""What can be grabbed on the canvas besides nodes, ports and wires: notes, frames of groups, points of a way."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.view import CanvasView


class Handle(QGraphicsItem):
    """An item that answers the mouse itself. Where several things lie above each other, the z value decides; below 0
    it comes after the wires.

    `place` names the context menu that it opens: actions that list it in their `context`.
    """

    place = "canvas"

    def grabs(self, point: QPointF, reach: float) -> bool:
        """True if a press at `point` in the scene is meant for this item; `reach` is what counts as near."""
        return self.sceneBoundingRect().contains(point)

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        """What a press with the left button begins."""
        return None

    def double_click(self, canvas: CanvasView, at: Pointer) -> bool:
        """Do what a double-click stands for. False if that is nothing."""
        return False

    def choose(self, canvas: CanvasView) -> None:
        """Select this item, before its context menu opens."""

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        """What the pointer looks like at `point` in the scene; None leaves it an arrow."""
        return None

    def lift(self, on: bool) -> None:
        """The pointer came to it, or left."""

    def leave(self) -> None:
        """Leave the parent, which would delete it one day, and stand in the scene of the parent by itself."""
        # The stubs do not know that there need not be a parent.
        self.setParentItem(None)  # type: ignore[arg-type]

    def track(self, canvas: CanvasView, at: Pointer) -> None:
        """The pointer, with no button held, is over it, here."""
