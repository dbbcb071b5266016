"""The card that stands for a collapsed group: a stack of sheets with the ports of its members that lead outside."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.graph.document import Edge, Group
from gui.canvas import annotating, geometry
from gui.canvas.card import LOUD, headline_scale
from gui.canvas.group_face import Face
from gui.canvas.group_handle import GroupHandle
from gui.canvas.ink import Ink
from gui.canvas.interactions._base import Gesture, Pointer
from gui.canvas.interactions.connect import Connect
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem
from gui.theme.tokens import mix

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

SHEETS = (8.0, 4.0)
STRIP = 4.0
PAD = 14.0
ICON = 16.0
TITLE_X = PAD + ICON + 8
MARK = 14.0
EMBLEM = 32.0
TEXT_ZOOM = 0.4
DETAIL_ZOOM = 0.55
PORT_ZOOM = 0.25


class GroupCard(GroupHandle):
    """As large as the card of a node, and drawn among them."""

    def __init__(self, group: Group, face: Face, ink: Ink, nodes: Mapping[str, NodeItem]):
        super().__init__(group, ink)
        self.face = face
        self._nodes = nodes
        self.setToolTip(face.tip)
        self.setZValue(1)

    def show_face(self, group: Group, face: Face) -> None:
        """Show the group as the document has it now."""
        self.shown = group
        if face != self.face:
            self.prepareGeometryChange()
            self.face = face
            self.setToolTip(face.tip)
            self.update()

    def mark(self, selected: bool) -> None:
        """Stand out: a member is selected."""
        if selected != self.selected:
            self.selected = selected
            self.setZValue(2 if selected else 1)
            self.update()

    def card(self) -> QRectF:
        """The card in scene coordinates."""
        return QRectF(self.x(), self.y(), geometry.WIDTH, self.face.height)

    def output_pos(self, edge: Edge) -> QPointF | None:
        """Where a wire from a member begins, in scene coordinates; None if it does not leave the group."""
        names = self.face.outputs
        at = names.index(edge.source) if edge.source in names else -1
        return None if at < 0 else self.pos() + self._port(geometry.WIDTH, at, len(names))

    def input_pos(self, edge: Edge) -> QPointF | None:
        """Where a wire to a member ends, in scene coordinates; None if it does not come from outside."""
        names, port = self.face.inputs, (edge.target, edge.port)
        return None if port not in names else self.pos() + self._port(0.0, names.index(port), len(names))

    def ports(self) -> list[tuple[PortItem, QPointF]]:
        """The ports of members that are shown, and where, in scene coordinates. The members themselves are hidden."""
        ins, outs = self.face.inputs, self.face.outputs
        found = [(self._nodes[name].inputs.get(port), self._port(0.0, at, len(ins)))
                 for at, (name, port) in enumerate(ins) if name in self._nodes]
        found += [(self._nodes[name].output, self._port(geometry.WIDTH, at, len(outs)))
                  for at, name in enumerate(outs) if name in self._nodes]
        return [(port, self.pos() + place) for port, place in found if port is not None]

    def port_at(self, point: QPointF, reach: float) -> PortItem | None:
        """The port near `point`."""
        return geometry.nearest(point, self.ports(), reach)

    def grabs(self, point: QPointF, reach: float) -> bool:
        return self.card().contains(point) or self.port_at(point, reach) is not None

    def gesture(self, canvas: CanvasView, at: Pointer) -> Gesture | None:
        port = self.port_at(at.scene, max(geometry.PORT_HIT, geometry.PORT_HIT / canvas.zoom))
        return super().gesture(canvas, at) if port is None else Connect(canvas, at, port)

    def cursor_at(self, point: QPointF) -> Qt.CursorShape | None:
        return Qt.CursorShape.CrossCursor if self.port_at(point, geometry.PORT_HIT) is not None else None

    def double_click(self, canvas: CanvasView, at: Pointer) -> bool:
        canvas.do(annotating.collapse([self.shown.id], False))
        return True

    def boundingRect(self) -> QRectF:
        return QRectF(-12, -8, geometry.WIDTH + 24, self.face.height + 24)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        scale = zoom * painter.device().devicePixelRatioF()
        self._paint_sheets(painter, zoom)
        if zoom >= PORT_ZOOM:
            self._paint_ports(painter)
        if zoom >= DETAIL_ZOOM:
            self._paint_words(painter, scale)
        elif zoom >= TEXT_ZOOM:
            self._paint_headline(painter, scale)
        else:
            middle = QRectF((geometry.WIDTH - EMBLEM) / 2, (self.face.height - EMBLEM) / 2, EMBLEM, EMBLEM)
            self._ink.paint_icon(painter, middle, "group", self._trouble() or self._line(), scale)

    def _paint_sheets(self, painter: QPainter, zoom: float) -> None:
        tokens, height = self._ink.tokens, self.face.height
        paper, line = tokens.paper(self.face.colour), self._line()
        border = mix(paper, line, 0.7 if self.hovered and not self._ink.plain else 0.4)
        painter.setPen(QPen(QColor(border), max(1.0, 0.8 / zoom)))
        radius = float(tokens.radius_l)
        for depth in SHEETS:
            painter.setBrush(QColor(mix(paper, line, 0.02 * depth)))
            painter.drawRoundedRect(QRectF(depth, depth, geometry.WIDTH - 2 * depth, height), radius, radius)
        body = QPainterPath()
        body.addRoundedRect(QRectF(0.5, 0.5, geometry.WIDTH - 1, height - 1), radius, radius)
        if trouble := self._trouble():
            painter.setPen(QPen(QColor(trouble), max(1.5, 0.8 / zoom)))
        painter.setBrush(QColor(paper))
        painter.drawPath(body)
        strip = QPainterPath()
        strip.addRect(QRectF(0, 0, STRIP, height))
        painter.fillPath(body.intersected(strip), QColor(line))
        if self.selected and not self._ink.plain:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._ink.pen("accent_ink", max(2.0, 1.5 / zoom)))
            painter.drawRoundedRect(QRectF(-2, -2, geometry.WIDTH + 4, height + 4), radius + 2, radius + 2)

    def _paint_ports(self, painter: QPainter) -> None:
        zoom = painter.worldTransform().m11()
        for port, place in self.ports():
            offset = place - self.pos() - port.pos()
            painter.translate(offset)
            port.draw(painter, zoom)
            painter.translate(-offset)

    def _paint_headline(self, painter: QPainter, scale: float) -> None:
        ink, middle = self._ink, self.face.height / 2
        place = QRectF(PAD, middle - ICON * LOUD / 2, ICON * LOUD, ICON * LOUD)
        name = self.face.severity if self._trouble() else "group"
        ink.paint_icon(painter, place, name, self._trouble() or self._line(), scale)
        room = geometry.WIDTH - place.right() - PAD
        loudness = headline_scale(self.face.title, room, ink)
        painter.save()
        painter.translate(place.right() + PAD / 2, middle)
        painter.scale(loudness, loudness)
        painter.setFont(ink.title_font)
        painter.setPen(ink.colour("text"))
        title = ink.title_metrics.elidedText(self.face.title, Qt.TextElideMode.ElideRight, room / loudness)
        painter.drawText(QPointF(0, ink.title_metrics.capHeight() / 2), title)
        painter.restore()

    def _paint_words(self, painter: QPainter, scale: float) -> None:
        ink, face = self._ink, self.face
        middle = face.height / 2
        title_y, detail_y = middle - 9, middle + 11
        ink.paint_icon(painter, QRectF(PAD, title_y - ICON / 2, ICON, ICON), "group", self._line(), scale)
        right = geometry.WIDTH - PAD
        if trouble := self._trouble():
            place = QRectF(right - MARK, title_y - MARK / 2, MARK, MARK)
            ink.paint_icon(painter, place, "error" if face.severity == "error" else "warning", trouble, scale)
            right -= MARK + 4
        baseline, advance = ink.small_metrics.capHeight() / 2, ink.small_metrics.horizontalAdvance
        count_x = right - advance(face.count)
        room = (count_x - 8 if face.count else right) - TITLE_X
        title = ink.title_metrics.elidedText(face.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(ink.title_font)
        painter.setPen(ink.colour("text"))
        painter.drawText(QPointF(TITLE_X, title_y + ink.title_metrics.capHeight() / 2), title)
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("text_muted"))
        painter.drawText(QPointF(count_x, title_y + baseline), face.count)
        painter.drawText(QPointF(PAD, detail_y + baseline), face.detail)
        painter.drawText(QPointF(geometry.WIDTH - PAD - advance(face.shape), detail_y + baseline), face.shape)

    def _line(self) -> str:
        return self._ink.tokens.paper_ink(self.face.colour)

    def _trouble(self) -> str:
        tokens = self._ink.tokens
        return {"error": tokens.error, "warning": tokens.warning}.get(self.face.severity, "")

    def _port(self, x: float, index: int, count: int) -> QPointF:
        return QPointF(x, self.face.height / 2 + (index - (count - 1) / 2) * geometry.PORT_PITCH)
