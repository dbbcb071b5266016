"""Clone: with Alt held, cards stay where they are and copies of them are dragged."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import copies
from gui.canvas.interactions.move import Move

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

OPACITY = 0.72


class Ghost(QGraphicsItem):
    """Cards with the wires between them, painted once more elsewhere."""

    def __init__(self, scene: CanvasScene, names: frozenset[str]):
        super().__init__()
        wires = [wire for edge, wire in scene.wires.items() if edge.source in names and edge.target in names]
        cards = [scene.nodes[name] for name in names]
        stacks = [card for card in scene.groups.cards.values() if card.shown.members <= names]
        self._items: list[QGraphicsItem] = [item for item in (*wires, *cards, *stacks) if item.isVisible()]
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


class Clone(Move):
    """A drag of cards with Alt held. The copies have the wires between them, and are selected afterwards."""

    stays = True

    def begin(self) -> None:
        super().begin()
        self._ghost = Ghost(self.scene, self.canvas.context.selection)
        self.scene.addItem(self._ghost)

    def show(self, dx: float, dy: float) -> None:
        self._ghost.setPos(dx, dy)

    def drop(self, dx: float, dy: float) -> None:
        copies.put(self.canvas, "Clone", copies.chosen(self.canvas), (dx, dy))

    def settle(self) -> None:
        self.scene.removeItem(self._ghost)
