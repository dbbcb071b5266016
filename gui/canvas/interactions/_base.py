"""What a gesture is: it starts with a press, follows the pointer, and ends or is cancelled."""
from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt

if TYPE_CHECKING:
    from gui.canvas.under import Hit
    from gui.canvas.view import CanvasView

SLOP = 4
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is: in the scene, in the viewport, with which keys held and what under it."""

    scene: QPointF
    view: QPoint
    modifiers: Qt.KeyboardModifier
    hit: Hit

    @property
    def adds(self) -> bool:
        """True if the selection is not replaced: Shift adds to it, Ctrl also takes away."""
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return bool(self.modifiers & keys)

    def joined(self, before: Set[T], more: Set[T]) -> frozenset[T]:
        """What is selected after `more` was clicked or covered, with Ctrl or Shift held."""
        toggles = bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)
        return frozenset(before ^ more if toggles else before | more)

    @property
    def clones(self) -> bool:
        """True if copies are dragged and the originals stay."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def free(self) -> bool:
        """True if nothing shall snap."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)


class Gesture:
    """Base of all gestures. One object lives from press to release; only `end` edits the document.

    With `scrolls`, the paper moves on by itself while the pointer is at the border of the view. `hint` names the keys
    that change a drag.
    """

    cursor: Qt.CursorShape | None = None
    scrolls = True
    hint = ""

    def __init__(self, canvas: CanvasView, start: Pointer):
        self.canvas = canvas
        self.scene = canvas.canvas_scene
        self.start = start
        self.dragging = False

    def pointer_moved(self, at: Pointer) -> None:
        """Called by the view. A press that hardly moves stays a click."""
        if not self.dragging and (at.view - self.start.view).manhattanLength() >= SLOP:
            self.dragging = True
            self.begin()
            self.canvas.hinted.emit(self.hint)
        if self.dragging:
            self.move(at)

    def begin(self) -> None:
        """The drag begins."""

    def move(self, at: Pointer) -> None:
        """The pointer moved, in a drag."""

    def end(self, at: Pointer) -> None:
        """The button was released: do it."""

    def cancel(self) -> None:
        """Leave everything as it was before the press."""
