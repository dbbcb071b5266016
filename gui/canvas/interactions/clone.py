"""Clone: with Alt held, what is grabbed stays where it is and copies of it are dragged."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import copies
from gui.canvas.interactions.carry import Carry, CarryGroup, CarryNote
from gui.canvas.interactions.move import Move

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

OPACITY = 0.72


class Ghost(QGraphicsItem):
    """What is selected, with the wires between the cards and the frames around them, painted once more elsewhere."""

    def __init__(self, scene: CanvasScene):
        super().__init__()
        names = scene.context.selection
        wires = [wire for edge, wire in scene.wires.items() if edge.source in names and edge.target in names]
        cards = [scene.nodes[name] for name in names]
        frames = [frame for frame in scene.groups.frames.values() if frame.shown.members <= names]
        stacks = [card for card in scene.groups.cards.values() if card.shown.members <= names]
        notes = [scene.notes.items[name] for name in scene.notes.picked]
        found: list[QGraphicsItem] = [*frames, *notes, *wires, *cards, *stacks]
        self._items = sorted((item for item in found if item.isVisible()), key=lambda item: item.zValue())
        self._bounds = QRectF()
        for item in self._items:
            self._bounds = self._bounds.united(item.sceneBoundingRect())
        self.setOpacity(OPACITY)
        self.setZValue(3)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        for item in self._items:
            self._paint(item, item.scenePos(), painter, option)

    def _paint(self, item: QGraphicsItem, at: QPointF, painter: QPainter, option: QStyleOptionGraphicsItem) -> None:
        painter.save()
        painter.translate(at)
        item.paint(painter, option)
        painter.restore()
        for child in item.childItems():
            if child.isVisible():
                self._paint(child, child.scenePos(), painter, option)


class _Cloning(Carry):
    """A drag with Alt held. The copies have the wires between them, and are selected afterwards."""

    stays = True
    hint = "Drops a copy  ·  Shift: do not snap  ·  Esc: cancel"

    def begin(self) -> None:
        super().begin()
        self._ghost = Ghost(self.scene)
        self.scene.addItem(self._ghost)

    def show(self, dx: float, dy: float) -> None:
        self._ghost.setPos(dx, dy)

    def drop(self, dx: float, dy: float) -> None:
        copies.put(self.canvas, "Clone", copies.chosen(self.canvas), (dx, dy))

    def settle(self) -> None:
        self.scene.removeItem(self._ghost)
        super().settle()


class Clone(_Cloning, Move):
    """The press was on a card."""


class CloneNote(_Cloning, CarryNote):
    """The press was on a note."""


class CloneGroup(_Cloning, CarryGroup):
    """The press was on the title bar of a group or on the card that stands for it."""
