"""Resize: drag the corner of a note."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.graph.document import Point
from gui.canvas import annotating, geometry
from gui.canvas.interactions._base import Gesture, Pointer

if TYPE_CHECKING:
    from gui.canvas.note_item import NoteItem
    from gui.canvas.view import CanvasView

SMALLEST = 64.0, 40.0


class ResizeNote(Gesture):
    """The bottom right corner follows the pointer, on the grid unless Shift is held. A click selects."""

    cursor = Qt.CursorShape.SizeFDiagCursor
    hint = "Shift: off the grid  ·  Esc: cancel"

    def __init__(self, canvas: CanvasView, start: Pointer, item: NoteItem):
        super().__init__(canvas, start)
        self._item = item
        self._note = item.note

    def begin(self) -> None:
        self.canvas.choose((), (), [self._note.id])

    def move(self, at: Pointer) -> None:
        self._item.stretch(self._size(at))

    def end(self, at: Pointer) -> None:
        if not self.dragging:
            self.canvas.choose((), (), [self._note.id])
        elif self._size(at) == self._note.size or self.canvas.do(annotating.resize_note(self._note.id, self._size(at))):
            self._item.stretch(self._note.size)

    def cancel(self) -> None:
        self._item.stretch(self._note.size)

    def _size(self, at: Pointer) -> Point:
        (x, y), (width, height) = self._note.position, self._note.size
        way = at.scene - self.start.scene
        right, bottom = x + width + way.x(), y + height + way.y()
        if not at.free:
            right, bottom = geometry.snap(right), geometry.snap(bottom)
        return max(SMALLEST[0], right - x), max(SMALLEST[1], bottom - y)
