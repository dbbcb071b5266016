"""The frame around a group: a tinted area with a title bar."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from core.graph.document import Group
from gui.canvas import annotating
from gui.canvas.group_handle import GroupHandle
from gui.canvas.ink import Ink
from gui.canvas.interactions._base import Pointer
from gui.theme import fonts
from gui.theme.tokens import mix

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

PAD = 16.0
# Less than half of the gap between two rows with the bar: the wire from row to row runs above it.
TOP = 6.0
BAR = 20.0
INDENT = 10.0
# Zoomed out the bar keeps its size on the screen, until it is as many times as large as at 100 %.
BAR_MOST = 4.0
VEIL = 120


def bar_scale(zoom: float) -> float:
    """How many times as large a title bar is drawn, so that its text can be read from afar."""
    return max(1.0, min(BAR_MOST, 1.0 / zoom))


class GroupFrame(GroupHandle):
    """Behind notes and wires. Only its bar answers the mouse: inside it one works as elsewhere."""

    def __init__(self, group: Group, ink: Ink, zoom: Callable[[], float]):
        super().__init__(group, ink)
        self._zoom = zoom
        self._inside = QRectF()
        self.setZValue(-2)

    def show_group(self, group: Group) -> None:
        """Show the group as the document has it now."""
        self.shown = group
        self.update()

    def surround(self, cards: QRectF) -> None:
        """Lie around the cards of the members."""
        inside = cards.adjusted(-PAD, -TOP, PAD, PAD)
        if inside != self._inside:
            self.prepareGeometryChange()
            self._inside = inside

    def mark(self, selected: bool) -> None:
        """Stand out: all members are selected."""
        if selected != self.selected:
            self.selected = selected
            self.update()

    def outline(self, zoom: float = 1.0) -> QRectF:
        """The frame with its bar, in scene coordinates."""
        return self._inside.adjusted(0, -BAR * bar_scale(zoom), 0, 0)

    def bar(self, zoom: float = 1.0) -> QRectF:
        """The title bar, in scene coordinates."""
        return QRectF(self._inside.left(), self.outline(zoom).top(), self._inside.width(), BAR * bar_scale(zoom))

    def grabs(self, point: QPointF, reach: float) -> bool:
        return self.bar(self._zoom()).contains(point)

    def double_click(self, canvas: CanvasView, at: Pointer) -> bool:
        canvas.canvas_scene.groups.rename(canvas, self.shown.id)
        return True

    def boundingRect(self) -> QRectF:
        return self._inside.adjusted(-4, -BAR * BAR_MOST - 4, 4, 4)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        zoom = painter.worldTransform().m11()
        plain = self._ink.plain
        paper, ink = self._ink.tokens.paper(self.shown.colour), self._ink.tokens.paper_ink(self.shown.colour)
        chosen, hovered = self.selected and not plain, self.hovered and not plain
        path = QPainterPath()
        path.addRoundedRect(self.outline(zoom), 10, 10)
        veil, bar = QColor(paper), QColor(mix(paper, ink, 0.22 if hovered else 0.12))
        veil.setAlpha(VEIL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path, veil)
        top = QPainterPath()
        top.addRect(self.bar(zoom))
        painter.fillPath(path.intersected(top), bar)
        line = QColor(self._ink.tokens.accent_ink if chosen else mix(paper, ink, 0.45))
        painter.setPen(QPen(line, max(2.0 if chosen else 1.0, (1.6 if chosen else 0.8) / zoom)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        self._paint_title(painter, zoom, ink)

    def _paint_title(self, painter: QPainter, zoom: float, ink: str) -> None:
        bar, scale = self.bar(zoom), bar_scale(zoom)
        font = fonts.font(self._ink.tokens, small=True, strong=True)
        metrics = QFontMetricsF(font)
        room = bar.width() / scale - 2 * INDENT
        title = metrics.elidedText(self.shown.title or annotating.UNNAMED, Qt.TextElideMode.ElideRight, room)
        painter.save()
        painter.translate(bar.left(), bar.center().y())
        painter.scale(scale, scale)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(QPointF(INDENT, metrics.capHeight() / 2), title)
        painter.restore()
