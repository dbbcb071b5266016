"""All lines of one wire between neurons: every weight by colour, width and clearness; or, one to one, plain."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.graph.neurons import Join
from gui.canvas import geometry, strength
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.rails import Rails

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.view import CanvasView

# More than CURVED lines are straight and slim, and of them the strongest MOST are drawn; zoomed out, FAR of any.
CURVED, MOST, FAR = 1024, 640, 192
SLIM = 1.5
HAZE = 36
FAR_ZOOM = 0.4
MARGIN = 8.0


class Bundle(Handle):
    """A child of its wire, in whose place it is drawn. `shares` are the weights of the lines as shares of a large one;
    without them the lines are plain.

    `answer` gives the gesture that a press on a line begins; `pointed` is told the line under the pointer, or None.
    """

    place = "wire"

    def __init__(self, wire: EdgeItem, join: Join, ink: Ink):
        super().__init__(wire)
        self.wire = wire
        self.join = join
        self.rails = Rails.all(0.0, (), 0.0, ())
        self.widest = strength.THICK
        self.shares: list[float] = []
        self.line: int | None = None
        self._pinned: int | None = None
        self.answer: Callable[[CanvasView, int, Pointer], Gesture | None] = _nothing
        self.pointed: Callable[[CanvasView | None, int | None, Pointer | None], None] = _nothing
        self._ink = ink
        self._order: list[int] = []
        self._paths: dict[int, QPainterPath] = {}
        self._bounds = QRectF()

    def run(self, rails: Rails) -> None:
        """Run between these columns. Weights that do not fit them are forgotten until new ones come."""
        if rails == self.rails:
            return
        self.prepareGeometryChange()
        if rails.pairs != self.rails.pairs:
            self.shares, self._order, self.line = [], [], None
        self.rails, self._paths = rails, {}
        self._bounds = rails.bounds(MARGIN) if rails.pairs else QRectF()

    def show_shares(self, shares: list[float]) -> None:
        """Show weights, one for each line; no weights make them plain."""
        fits = len(shares) == len(self.rails.pairs)
        self.shares = shares if fits else []
        self._order = sorted(range(len(shares)), key=lambda line: abs(shares[line])) if fits else []
        self.update()

    def strongest(self, most: int) -> dict[int, QPainterPath]:
        """The lines with the largest weights, by number; while these are not known, the first ones."""
        order = self._order or range(len(self.rails.pairs))[::-1]
        return {line: self._path(line) for line in order[-most:]}

    def pin(self, line: int | None) -> None:
        """Let a line stand out although the pointer is elsewhere."""
        self._pinned = line
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def grabs(self, point: QPointF, reach: float) -> bool:
        return self.line_at(point, reach) is not None

    def line_at(self, point: QPointF, reach: float = geometry.WIRE_HIT) -> int | None:
        """The line that a pointer at a point of the scene means."""
        return self.rails.nearest(point, min(reach, geometry.WIRE_HIT))

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        line = self.line_at(at.scene)
        return None if line is None else self.answer(canvas, line, at)

    def choose(self, canvas: CanvasView) -> None:
        if self.wire.edge is not None:
            canvas.choose((), [self.wire.edge])

    def track(self, canvas: CanvasView, at: Pointer) -> None:
        self._point(self.line_at(at.scene))
        self.pointed(canvas, self.line, at)

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        return Qt.CursorShape.PointingHandCursor if self.join.weights else None

    def lift(self, on: bool) -> None:
        if not on:
            self._point(None)
            self.pointed(None, None, None)

    def _point(self, line: int | None) -> None:
        if line != self.line:
            self.line = line
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.shares:
            self._signed(painter, zoom)
        else:
            token = "border_strong" if self.join.weights else "wire"
            painter.setPen(self._ink.pen(token, max(1.0, 0.8 / zoom)))
            for line in range(len(self.rails.pairs))[: FAR if zoom < FAR_ZOOM else CURVED]:
                self._draw(painter, line, zoom)
        for out in {self.line, self._pinned} if not self._ink.plain else ():
            if out is not None and out < len(self.rails.pairs):
                self._stand_out(painter, out)

    def _signed(self, painter: QPainter, zoom: float) -> None:
        """Weak ones first, so that the strong stay in sight."""
        many = len(self.rails.pairs) > CURVED
        negative, positive = strength.pens(self._ink.tokens, SLIM if many else self.widest)
        most = FAR if zoom < FAR_ZOOM else MOST if many else CURVED
        if len(self._order) > most:
            self._haze(painter)
        for line in self._order[-most:]:
            share = self.shares[line]
            painter.setPen((positive if share > 0 else negative)[strength.level(share)])
            self._draw(painter, line, zoom)

    def _haze(self, painter: QPainter) -> None:
        """Stands for the lines that are too weak to be drawn."""
        first, last = self.rails.chord(0), self.rails.chord(len(self.rails.pairs) - 1)
        colour = QColor(self._ink.colour("wire"))
        colour.setAlpha(HAZE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([first.p1(), first.p2(), last.p2(), last.p1()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw(self, painter: QPainter, line: int, zoom: float) -> None:
        if zoom < FAR_ZOOM or len(self.rails.pairs) > CURVED:
            painter.drawLine(self.rails.chord(line))
        else:
            painter.drawPath(self._path(line))

    def _stand_out(self, painter: QPainter, line: int) -> None:
        share = self.shares[line] if self.shares else 0.0
        wide = strength.width(share, self.widest)
        painter.setPen(self._ink.pen("canvas", wide + 2 * strength.HALO))
        painter.drawPath(self._path(line))
        token = ("positive" if share > 0 else "negative") if self.join.weights and self.shares else "text_faint"
        painter.setPen(self._ink.pen(token, wide + 1.5))
        painter.drawPath(self._path(line))

    def _path(self, line: int) -> QPainterPath:
        if line not in self._paths:
            self._paths[line] = self.rails.path(line)
        return self._paths[line]


def _nothing(*arguments: object) -> None:
    """Stands where nobody answers."""
