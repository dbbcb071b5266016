"""Select: a click on a wire or on the empty canvas, and the rubber band."""
from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.edge_item import EdgeItem
from gui.canvas.ink import Ink
from gui.canvas.interactions._base import Gesture, Pointer


class Band(QGraphicsItem):
    """The rubber band. Painting only."""

    def __init__(self, ink: Ink):
        super().__init__()
        self._ink = ink
        self._rect = QRectF()
        self.setZValue(4)

    def stretch(self, rect: QRectF) -> None:
        """Cover `rect`."""
        self.prepareGeometryChange()
        self._rect = rect

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(-8, -8, 8, 8)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        pen = QPen(self._ink.pen("accent_ink", 1))
        pen.setCosmetic(True)
        fill = QColor(self._ink.colour("accent_ink"))
        fill.setAlpha(28)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawRect(self._rect)


class Select(Gesture):
    """What is clicked or covered is selected, with Shift held in addition; with Ctrl held it changes sides."""

    hint = "Started with Shift it adds, with Ctrl it changes sides  ·  Esc: cancel"

    def begin(self) -> None:
        self._before = self.canvas.context.selection
        self._wires, self._notes = self.scene.selected_wires, self.scene.notes.picked
        self._band = Band(self.scene.ink)
        self.scene.addItem(self._band)

    def move(self, at: Pointer) -> None:
        rect = QRectF(self.start.scene, at.scene).normalized()
        self._band.stretch(rect)
        shown = ((name, item) for name, item in self.scene.nodes.items() if item.isVisible())
        covered = frozenset(name for name, item in shown if item.card().intersects(rect))
        covered |= self.scene.groups.covered(rect)
        notes = self.scene.notes.covered(rect)
        if self.start.adds:
            join = self.start.joined
            self.canvas.choose(join(self._before, covered), self._wires, join(self._notes, notes))
        else:
            self.canvas.choose(covered, (), notes)

    def end(self, at: Pointer) -> None:
        if self.dragging:
            self.scene.removeItem(self._band)
        elif isinstance(self.start.hit, EdgeItem) and self.start.hit.edge is not None:
            edge, chosen = frozenset({self.start.hit.edge}), self.canvas.context.selection
            if self.start.adds:
                wires = self.start.joined(self.scene.selected_wires, edge)
                self.canvas.choose(chosen, wires, self.scene.notes.picked)
            else:
                self.canvas.choose((), edge)
        elif not self.start.adds:
            self.canvas.choose(())

    def cancel(self) -> None:
        if self.dragging:
            self.scene.removeItem(self._band)
            self.canvas.choose(self._before, self._wires, self._notes)
