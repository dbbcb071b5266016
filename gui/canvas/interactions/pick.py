"""Pick: a click does what the thing that was pressed is for; a drag that begins there is a rubber band."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gui.canvas.interactions._base import Pointer
from gui.canvas.interactions.select import Select

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Pick(Select):
    """`pick` is called with the pointer where the button was released."""

    def __init__(self, canvas: CanvasView, start: Pointer, pick: Callable[[Pointer], object]):
        super().__init__(canvas, start)
        self._pick = pick

    def end(self, at: Pointer) -> None:
        if self.dragging:
            super().end(at)
        else:
            self._pick(at)
