"""One gesture per file; `gesture_for` says which one a press begins."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.canvas import wiring
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.interactions.clone import Clone
from gui.canvas.interactions.connect import Connect
from gui.canvas.interactions.move import Move
from gui.canvas.interactions.pan import Pan
from gui.canvas.interactions.select import Select
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

__all__ = ["Gesture", "Pointer", "double_click", "gesture_for"]


TITLE_BOTTOM = 30.0


def gesture_for(canvas: CanvasView, button: Qt.MouseButton, at: Pointer, *, space: bool) -> Gesture | None:
    """The gesture that a press of `button` begins, or None."""
    if button == Qt.MouseButton.MiddleButton or (space and button == Qt.MouseButton.LeftButton):
        return Pan(canvas, at)
    if button != Qt.MouseButton.LeftButton:
        return None
    if isinstance(at.hit, Handle):
        return at.hit.gesture(canvas, at)
    if isinstance(at.hit, PortItem):
        return Connect(canvas, at, at.hit)
    if isinstance(at.hit, NodeItem):
        return Clone(canvas, at, at.hit) if at.clones else Move(canvas, at, at.hit)
    return Select(canvas, at)


def double_click(canvas: CanvasView, at: Pointer) -> bool:
    """Do what a double-click stands for. False if that is nothing: then it is a press."""
    if isinstance(at.hit, Handle):
        return at.hit.double_click(canvas, at)
    if isinstance(at.hit, EdgeItem) and at.hit.edge is not None:
        wiring.add_point(canvas, at.hit.edge, at.scene)
        return True
    if isinstance(at.hit, NodeItem) and at.scene.y() < at.hit.card().y() + TITLE_BOTTOM:
        return canvas.node_title.edit(at.hit.name)
    if canvas.canvas_scene.thumbnails.open(at):
        return True
    if at.hit is None:
        canvas.quick_add.at(at.scene)
        return True
    return False
