"""Guide lines while cards are dragged: they say what the cards are in line with."""
from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from core.graph.document import Point
from core.graph.layout import around
from core.graph.snapping import Guide, Neighbours
from gui.canvas import geometry
from gui.canvas.ink import Ink

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

REACH = 6.0
TICK = 4.0


class GuideLines(QGraphicsItem):
    """Painting only. A line juts out at both ends; a measured gap ends in small strokes."""

    def __init__(self, ink: Ink):
        super().__init__()
        self._ink = ink
        self._bounds = QRectF()
        self.guides: list[Guide] = []
        # Below the cards, so that no line runs through words.
        self.setZValue(0.8)

    def show_guides(self, guides: list[Guide]) -> None:
        """Show exactly these."""
        if guides != self.guides:
            self.prepareGeometryChange()
            self.guides = guides
            bounds = QRectF()
            for guide in guides:
                bounds = bounds.united(QRectF(QPointF(*guide.start), QPointF(*guide.end)).adjusted(-1, -1, 1, 1))
            # What a gap ends in has a size on the screen, which is larger on the paper when zoomed out.
            room = TICK / geometry.MIN_ZOOM
            self._bounds = bounds.adjusted(-room, -room, room, room) if guides else bounds

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pen = QPen(self._ink.pen("accent_ink", 1))
        pen.setCosmetic(True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        tick = TICK / painter.worldTransform().m11()
        for guide in self.guides:
            start, end = QPointF(*guide.start), QPointF(*guide.end)
            along = QPointF(tick, 0) if start.y() == end.y() else QPointF(0, tick)
            if not guide.gap:
                painter.drawLine(start - along * 2, end + along * 2)
                continue
            painter.drawLine(start, end)
            for point in (start, end):
                painter.drawLine(point - along.transposed(), point + along.transposed())


class Guides:
    """Snaps the cards of one drag, and shows the lines until `remove`. If the cards `stay` because copies are dragged,
    they are neighbours, too."""

    def __init__(self, canvas: CanvasView, names: Collection[str], grabbed: str, *, stay: bool = False):
        self._canvas = canvas
        self._gone = frozenset() if stay else frozenset(names)
        scene = canvas.canvas_scene
        cards = [geometry.plain(scene.groups.rect_of(name)) for name in names]
        self._corner = scene.nodes[grabbed].card().topLeft()
        self._box = around(cards or [geometry.plain(scene.nodes[grabbed].card())])
        self._area = QRectF()
        self._near = Neighbours(())
        self.lines = GuideLines(scene.ink)
        scene.addItem(self.lines)

    def snapped(self, way: QPointF, *, free: bool) -> Point:
        """How far the cards go if the pointer went `way`: onto a guide line, or else onto the grid."""
        if free:
            self.lines.show_guides([])
            return way.x(), way.y()
        self._look()
        across, down = self._near.pull(self._box.moved(way.x(), way.y()), REACH / max(self._canvas.zoom, 0.5))
        x, y = self._corner.x(), self._corner.y()
        dx = geometry.snap(x + way.x()) - x if across is None else way.x() + across
        dy = geometry.snap(y + way.y()) - y if down is None else way.y() + down
        self.lines.show_guides(self._near.guides(self._box.moved(dx, dy)))
        return dx, dy

    def remove(self) -> None:
        """The drag is over."""
        self._canvas.canvas_scene.removeItem(self.lines)

    def _look(self) -> None:
        """Take in the neighbours that are in view; they are others once the paper has moved."""
        area = self._canvas.shown_area()
        if area != self._area:
            self._area = area
            scene = self._canvas.canvas_scene
            cards = {geometry.plain(scene.groups.rect_of(name)) for name in scene.nodes if name not in self._gone}
            shown = geometry.plain(area)
            self._near = Neighbours(sorted(card for card in cards if card.meets(shown)))
