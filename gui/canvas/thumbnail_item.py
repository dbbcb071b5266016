"""The thumbnail on the card of a node. Painting only."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import thumbnail
from gui.canvas.ink import Ink
from gui.canvas.ring import RING, paint_ring
from gui.thumbs import layout
from gui.thumbs.face import Face

# Pictures of which every part is one neuron.
NEURONS = ("plane", "maps", "strip", "states")


class ThumbnailItem(QGraphicsItem):
    """A child of its node. `face` is what is drawn, None until the run has answered; `ringed` is the number of the
    neuron that is inspected."""

    def __init__(self, head: float, ink: Ink, parent: QGraphicsItem):
        super().__init__(parent)
        self.area = thumbnail.area_of(head)
        self.face: Face | None = None
        self.ringed: int | None = None
        self._ink = ink

    def show_face(self, face: Face | None) -> None:
        """Draw another answer."""
        self.face = face
        self.update()

    def ring(self, number: int | None) -> None:
        """Mark a neuron, or none."""
        if number != self.ringed:
            self.ringed = number
            self.update()

    def part_at(self, point: QPointF) -> int | None:
        """The place of the part of the picture at a point of the node."""
        return None if self.face is None else layout.part_at(self.face.found, self.area, point)

    def boundingRect(self) -> QRectF:
        return self.area.adjusted(-RING, -RING, RING, RING)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        if self.face is None or zoom < thumbnail.LEAST_ZOOM:
            return
        self.face.paint(painter, self.area, zoom * painter.device().devicePixelRatioF(), self._ink.small_font)
        place = None if self.ringed is None else self.face.tile(self.ringed)
        if place is not None and self.face.found.look in NEURONS:
            paint_ring(painter, self._ink, layout.part_box(self.face.found, self.area, place), 1.0, 4.0)
