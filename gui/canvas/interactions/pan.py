"""Pan: the paper follows the pointer."""
from __future__ import annotations

from PySide6.QtCore import Qt

from gui.canvas.interactions._base import Gesture, Pointer


class Pan(Gesture):
    """Middle-drag, or drag with Space held."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = False

    def begin(self) -> None:
        self._last = self.start.view

    def move(self, at: Pointer) -> None:
        self.canvas.pan_by(at.view - self._last)
        self._last = at.view
