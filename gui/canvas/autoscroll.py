"""The paper moves on by itself while something is dragged to the border of the view."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Slot

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.view import CanvasView

BORDER = 28
PACE = 0.35
FASTEST = 24.0
EVERY = 16


def pull(room: QRect, start: QPoint, at: QPoint) -> QPoint:
    """How far the paper moves in one frame: further, the closer the pointer is to the border or the more it is
    beyond. A drag that begins near a border has to come closer to it first."""
    return QPoint(_along(room.width(), start.x(), at.x()), _along(room.height(), start.y(), at.y()))


def _along(length: int, start: int, at: int) -> int:
    back, on = _depth(start, at), _depth(length - 1 - start, length - 1 - at)
    return round(min(FASTEST, back * PACE)) - round(min(FASTEST, on * PACE))


def _depth(start: int, at: int) -> int:
    """How much deeper in the border the pointer is than at the start; both are distances from the edge."""
    return max(0, BORDER - at) - max(0, BORDER - start) if at < start else 0


class AutoScroll(QObject):
    """Moves the paper in every frame while the pointer of a drag stays at the border, and lets the drag follow."""

    def __init__(self, canvas: CanvasView):
        super().__init__(canvas)
        self._canvas = canvas
        self._gesture: Gesture | None = None
        self._at: Pointer | None = None
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._tick)

    @property
    def active(self) -> bool:
        """True while the paper moves."""
        return self._timer.isActive()

    def follow(self, gesture: Gesture, at: Pointer) -> None:
        """The pointer of a gesture is there now."""
        self._gesture, self._at = gesture, at
        if not gesture.dragging or not gesture.scrolls or self._pull().isNull():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The gesture is over."""
        self._timer.stop()
        self._gesture = self._at = None

    def _pull(self) -> QPoint:
        if self._gesture is None or self._at is None:
            return QPoint()
        return pull(self._canvas.viewport().rect(), self._gesture.start.view, self._at.view)

    @Slot()
    def _tick(self) -> None:
        if self._gesture is not None and self._at is not None:
            self._canvas.pan_by(self._pull())
            self._gesture.pointer_moved(self._canvas.pointer_at(self._at.view, self._at.modifiers))
