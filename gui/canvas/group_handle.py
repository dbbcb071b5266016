"""What the frame of a group and the card of a collapsed one have in common."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph.document import Group
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.interactions.carry import CarryGroup
from gui.canvas.interactions.clone import CloneGroup

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class GroupHandle(Handle):
    """Stands for all members of the group that is `shown`: what is done to it is done to them."""

    place = "group"

    def __init__(self, group: Group, ink: Ink):
        super().__init__()
        self.shown = group
        self.selected = self.hovered = False
        self._ink = ink

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        return (CloneGroup if at.clones else CarryGroup)(canvas, at, self.shown.members)

    def choose(self, canvas: CanvasView) -> None:
        canvas.choose(self.shown.members)

    def lift(self, on: bool) -> None:
        self.hovered = on
        self.update()
