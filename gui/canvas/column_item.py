"""The neurons of a node, drawn below its card. What they look like is in a `Column`."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.card import DETAIL_ZOOM
from gui.canvas.column import Column
from gui.canvas.handle import Handle
from gui.canvas.ink import Ink
from gui.canvas.ring import RING, paint_ring
from gui.canvas.strength import strong_colour
from gui.thumbs.face import Face

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.view import CanvasView

NAME_ZOOM = 0.4
# Closer in, the card has room for a second row.
BUTTON_ZOOM = DETAIL_ZOOM
RADIUS = 7.0
MORE = "⋯ {:,} more ⋯"

Part = tuple[str, int]


class ColumnItem(Handle):
    """A child of its node. The marks of the biases and the buttons on the card answer the mouse; the rest of it is
    the node's.

    Its parts are ("bias", place) and ("units", 1 or -1). `answer` gives the gesture that a press on one begins;
    `pointed` is told the part under the pointer, or None when it leaves.
    """

    place = "node"

    def __init__(self, node: str, column: Column, head: float, ink: Ink, parent: QGraphicsItem):
        super().__init__(parent)
        self.node = node
        self.column = column
        self.biases: list[float] = []
        self.most = 1.0
        self._zoom = 1.0
        self.answer: Callable[[CanvasView, Part, Pointer], Gesture | None] = _nothing
        self.pointed: Callable[[CanvasView | None, Part | None, Pointer | None], None] = _nothing
        self.head = head
        self._ink = ink
        self._part: Part | None = None
        self.face: Face | None = None
        self.ringed: int | None = None

    def show_column(self, column: Column) -> None:
        """Show other neurons."""
        self.prepareGeometryChange()
        self.column, self._part = column, None
        self.update()

    def show_biases(self, biases: list[float], scale: float) -> None:
        """Colour the marks; without biases they are neutral."""
        self.biases, self.most = biases, scale
        self.update()

    def show_face(self, face: Face | None) -> None:
        """Show in every neuron what it computes."""
        self.face = face
        self.update()

    def ring(self, number: int | None) -> None:
        """Mark a neuron, or none."""
        if number != self.ringed:
            self.ringed = number
            self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-4, 0, self.column.width + 8, self.head + self.column.height)

    def part_at(self, point: QPointF, reach: float = 0.0) -> Part | None:
        """What answers the mouse at a point of the scene."""
        there = self.mapFromScene(point)
        for way in (-1, 1) if self.column.grows and self._zoom >= BUTTON_ZOOM else ():
            if self.column.button(way).adjusted(-2, -2, 2, 2).contains(there):
                return "units", way
        for place in range(len(self.column.shown)) if self.column.biased else ():
            grown = min(4.0, reach)
            if self.column.bias_box(place, self.head).adjusted(-grown, -grown, grown, grown).contains(there):
                return "bias", place
        return None

    def grabs(self, point: QPointF, reach: float) -> bool:
        return self.part_at(point, reach) is not None

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        part = self.part_at(at.scene, 4.0)
        return None if part is None else self.answer(canvas, part, at)

    def choose(self, canvas: CanvasView) -> None:
        canvas.choose([self.node])

    def track(self, canvas: CanvasView, at: Pointer) -> None:
        part = self.part_at(at.scene, 4.0)
        self.pointed(canvas, part, at)
        if part != self._part:
            self._part = part
            self.update()

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        return Qt.CursorShape.PointingHandCursor

    def lift(self, on: bool) -> None:
        if not on:
            self._part = None
            self.pointed(None, None, None)
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self._zoom = zoom = painter.worldTransform().m11()
        scale = zoom * painter.device().devicePixelRatioF()
        for place in range(len(self.column.shown)):
            self.paint_neuron(painter, place, self.column.box(place, self.head), zoom, scale)
        if zoom < NAME_ZOOM:
            return
        self._names(painter)
        if self.column.biased:
            self._marks(painter)
        if self.column.grows and zoom >= BUTTON_ZOOM and not self._ink.plain:
            self._buttons(painter, scale)

    def paint_neuron(self, painter: QPainter, place: int, box: QRectF, zoom: float, scale: float) -> None:
        """One neuron: the number `column.shown[place]`, in `box`."""
        ink = self._ink
        painter.setBrush(ink.colour("raised"))
        painter.setPen(ink.pen("text_faint", max(1.25, 0.8 / zoom)))
        radius, number = RADIUS * self.column.size / 28, self.column.shown[place]
        tile = None if self.face is None else self.face.tile(number)
        if self.face is not None and tile is not None:
            self.face.paint_tile(painter, tile, box, scale, radius)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(ink.pen("text_faint", max(1.0, 0.8 / zoom)))
        painter.drawRoundedRect(box, radius, radius)
        if number == self.ringed:
            paint_ring(painter, ink, box, RING, radius + RING)
        if tile is None and self.column.icon and zoom >= NAME_ZOOM:
            size = round(self.column.size * 0.6)
            corner = box.center() - QPointF(size / 2, size / 2)
            ink.paint_icon(painter, QRectF(corner, QSizeF(size, size)), self.column.icon, ink.tokens.text_faint, scale)

    def _names(self, painter: QPainter) -> None:
        ink, column = self._ink, self.column
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("text_muted"))
        rise = ink.small_metrics.capHeight() / 2
        room = column.width - column.middle if column.right else column.middle
        room -= column.size / 2 + 6
        for place, number in enumerate(column.shown if column.names else ()):
            box = column.box(place, self.head)
            text = ink.small_metrics.elidedText(column.names[number], Qt.TextElideMode.ElideRight, room)
            left = box.right() + 6 if column.right else box.left() - 6 - ink.small_metrics.horizontalAdvance(text)
            painter.drawText(QPointF(left, box.center().y() + rise), text)
        if column.skip is not None:
            text = MORE.format(column.units - len(column.shown))
            left = column.middle - ink.small_metrics.horizontalAdvance(text) / 2
            most = column.width - 4 - ink.small_metrics.horizontalAdvance(text)
            painter.drawText(QPointF(max(4.0, min(left, most)), self.head + column.skip + rise), text)

    def _marks(self, painter: QPainter) -> None:
        painter.setPen(self._ink.pen("text_faint", 0.75))
        for place in range(len(self.column.shown)):
            known = place < len(self.biases)
            share = self.biases[place] / self.most if known else 0.0
            painter.setBrush(QColor(strong_colour(self._ink.tokens, share)))
            box = self.column.bias_box(place, self.head)
            painter.drawRect(box.adjusted(-1, -1, 1, 1) if self._part == ("bias", place) else box)

    def _buttons(self, painter: QPainter, scale: float) -> None:
        ink, column = self._ink, self.column
        for way, icon in ((-1, "minus"), (1, "plus")):
            box = column.button(way)
            lit = self._part == ("units", way)
            painter.setPen(ink.pen("border_strong", 1.0))
            painter.setBrush(ink.colour("hover" if lit else "raised"))
            painter.drawEllipse(box)
            token = ink.tokens.text if lit else ink.tokens.text_muted
            painter.drawPixmap(box.center() - QPointF(5, 5), ink.icon(icon, 10, token, scale))
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("text_muted"))
        text = f"{column.units:,}"
        middle = column.button(-1).center() + column.button(1).center()
        left = middle.x() / 2 - ink.small_metrics.horizontalAdvance(text) / 2
        painter.drawText(QPointF(left, middle.y() / 2 + ink.small_metrics.capHeight() / 2), text)


def _nothing(*arguments: object) -> None:
    """Stands where nobody answers."""
