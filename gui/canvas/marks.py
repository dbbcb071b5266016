"""Outlines around nodes that were found."""
from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.scene import CanvasScene

AWAY = 6.0
HALO = 100


class Marks(QGraphicsItem):
    """One item for all of them. Painting only; it lies above the cards and lets the mouse through."""

    def __init__(self, scene: CanvasScene):
        super().__init__()
        self._scene = scene
        self._boxes: list[QRectF] = []
        self._bounds = QRectF()
        self.setZValue(5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        scene.addItem(self)

    def put(self, names: tuple[str, ...]) -> None:
        """Outline these nodes where they are now."""
        self.prepareGeometryChange()
        groups = self._scene.groups
        self._boxes = [groups.rect_of(name) for name in names if name in self._scene.nodes]
        self._bounds = QRectF()
        for box in self._boxes:
            self._bounds = self._bounds.united(box.adjusted(-60, -60, 60, 60))
        self.update()

    @property
    def boxes(self) -> list[QRectF]:
        """The cards that are outlined."""
        return list(self._boxes)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        ink, zoom = self._scene.ink, painter.worldTransform().m11()
        away = max(AWAY, 3.0 / zoom)
        halo = QColor(ink.colour("accent_ink"))
        halo.setAlpha(HALO)
        painter.setPen(QPen(halo, max(5.0, 4.0 / zoom)))
        for box in self._boxes:
            painter.drawRoundedRect(box.adjusted(-away, -away, away, away), away + 6, away + 6)
