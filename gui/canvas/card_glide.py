"""Cards glide to where the document has them, so that the eye can follow."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QVariantAnimation, Slot

from core.graph.document import Point
from gui import motion

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

# With more cards than that a frame takes longer than the eye needs to see a jump.
MOST = 500


class CardGlide(QVariantAnimation):
    """One movement of cards. It ends at once if the document changes."""

    def __init__(self, canvas: CanvasView, start: Mapping[str, Point]):
        super().__init__(canvas)
        self._canvas = canvas
        nodes = canvas.context.document.nodes
        self._ways = {name: (place, nodes[name].position) for name, place in start.items()
                      if name in nodes and nodes[name].position != place}
        self.setDuration(motion.MOMENT)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.valueChanged.connect(self.show_part)
        canvas.context.document_changed.connect(self._changed)

    @Slot(object)
    def show_part(self, part: float) -> None:
        """Show the cards so far on their way: 0 at its start, 1 at its end."""
        self._canvas.canvas_scene.place({name: (x + (to_x - x) * part, y + (to_y - y) * part)
                                         for name, ((x, y), (to_x, to_y)) in self._ways.items()})

    @Slot(object, object)
    def _changed(self, diff: object, document: object) -> None:
        self.stop()
        self._canvas.canvas_scene.settle(self._ways)


def glide_cards(canvas: CanvasView, start: Mapping[str, Point]) -> None:
    """Let cards glide from `start` to their places, unless nothing is to move by itself."""
    if not motion.reduced() and len(start) <= MOST:
        movement = CardGlide(canvas, start)
        movement.show_part(0.0)
        movement.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)
