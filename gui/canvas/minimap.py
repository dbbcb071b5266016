"""A map of the whole network in the corner of the canvas; the part that is in view is framed."""
from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame

from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.canvas.watch import Watch

SIZE = QSize(184, 124)
MIDDLE = QPointF(SIZE.width() / 2, SIZE.height() / 2)
RIM = 8.0
SEEN = 2.0
AROUND = 0.08
SHADE = 120
PATIENCE = 60


class Minimap(QFrame):
    """Costs nothing while it is hidden. A press or a drag goes there."""

    def __init__(self, view: CanvasView):
        super().__init__(view)
        self._view = view
        self._scene: CanvasScene = view.canvas_scene
        self._picture: QPixmap | None = None
        self._world = QRectF()
        self._zoom = 0.0
        self._hold: QPointF | None = None
        self._wait = QTimer(self, interval=PATIENCE, singleShot=True)
        self._wait.timeout.connect(self._renew)
        self.setProperty("role", "card")
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("The whole network: click or drag to go there")
        self.setAccessibleName("Minimap")
        view.moved.connect(self.update)
        told = self._scene.companion(Watch).told
        told.changed.connect(self._outdated)
        told.moved.connect(self._outdated)
        view.context.report_changed.connect(self._outdated)

    def frame_rect(self) -> QRectF:
        """Where on the map the part in view is framed; kept inside the map, if need be at its border."""
        inside = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        shown = self._view.shown_area()
        corners = QRectF(self.to_map(shown.topLeft()), self.to_map(shown.bottomRight()))
        left, right = (min(max(x, inside.left()), inside.right()) for x in (corners.left(), corners.right()))
        top, bottom = (min(max(y, inside.top()), inside.bottom()) for y in (corners.top(), corners.bottom()))
        # A sliver stays in sight when the view is far away.
        left, top = min(left, inside.right() - 4), min(top, inside.bottom() - 4)
        return QRectF(left, top, max(right - left, 4.0), max(bottom - top, 4.0))

    def to_map(self, point: QPointF) -> QPointF:
        """Where a point of the scene is on the map."""
        return MIDDLE + (point - self._area().center()) * self._scale()

    def to_scene(self, place: QPointF) -> QPointF:
        """The point of the scene at a place of the map."""
        return self._area().center() + (place - MIDDLE) / self._scale()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._picture is None or self._picture.devicePixelRatioF() != self.devicePixelRatioF():
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, tokens = self.frame_rect(), self._scene.ink.tokens
        shade = QColor(tokens.raised)
        shade.setAlpha(SHADE)
        outside = QPainterPath()
        outside.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.radius_l - 1, tokens.radius_l - 1)
        inside = QPainterPath()
        inside.addRoundedRect(frame, 3, 3)
        painter.fillPath(outside.subtracted(inside), shade)
        painter.setPen(QPen(QColor(tokens.accent_ink), 1.5))
        painter.drawPath(inside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            frame = self.frame_rect()
            # A press into the frame takes hold of it; elsewhere the frame comes to the pointer.
            held = frame.contains(event.position())
            self._hold = event.position() - self.to_map(self._view.shown_area().center()) if held else QPointF()
            self._go(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hold is not None:
            self._go(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold = None
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        (self._view.zoom_in if event.angleDelta().y() > 0 else self._view.zoom_out)()
        event.accept()

    def _go(self, place: QPointF) -> None:
        self._view.centerOn(self.to_scene(place - (self._hold or QPointF())))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._wait.stop()
        self._renew()

    @Slot()
    def _outdated(self) -> None:
        # A drag of one among thousands of nodes must not draw them all in every frame.
        if self.isVisible() and self._picture is not None and not self._wait.isActive():
            self._wait.start()
        elif not self.isVisible():
            self._renew()

    @Slot()
    def _renew(self) -> None:
        self._picture, self._world, self._zoom = None, QRectF(), 0.0
        self.update()

    def _area(self) -> QRectF:
        if self._world.isNull():
            area = self._scene.groups.extent()
            for item in self._scene.nodes.values():
                if item.isVisible():
                    area = area.united(item.card())
            area = area if not area.isNull() else self._view.shown_area()
            away = AROUND * max(area.width(), area.height())
            self._world = area.adjusted(-away, -away, away, away)
        return self._world

    def _scale(self) -> float:
        world = self._area()
        if not self._zoom:
            self._zoom = min((SIZE.width() - 2 * RIM) / world.width(), (SIZE.height() - 2 * RIM) / world.height())
        return self._zoom

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self._draw_groups(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, boxes in self._boxes().items():
            painter.setBrush(QColor(colour))
            painter.drawRects(boxes)
        painter.end()
        return picture

    def _draw_groups(self, painter: QPainter) -> None:
        tokens, groups = self._scene.ink.tokens, self._scene.groups
        painter.setPen(Qt.PenStyle.NoPen)
        for frame in groups.frames.values():
            painter.setBrush(QColor(tokens.paper(frame.shown.colour)))
            painter.drawRect(self._on_map(frame.outline()))
        for card in groups.cards.values():
            painter.setBrush(QColor(tokens.paper_ink(card.shown.colour)))
            painter.drawRect(self._on_map(card.card()))

    def _on_map(self, area: QRectF) -> QRectF:
        """Where an area of the scene is on the map, at least large enough to be seen."""
        scale, place = self._scale(), self.to_map(area.topLeft())
        return QRectF(place.x(), place.y(), max(SEEN, area.width() * scale), max(SEEN, area.height() * scale))

    def _boxes(self) -> dict[str, list[QRectF]]:
        """Rectangles by colour, those that matter most last."""
        tokens = self._scene.ink.tokens
        plain: dict[str, list[QRectF]] = defaultdict(list)
        wrong: list[QRectF] = []
        for item in self._scene.nodes.values():
            if item.isVisible():
                bad = item.look.severity == "error"
                boxes = wrong if bad else plain[tokens.category_colour(item.look.category)]
                boxes.append(self._on_map(item.card()))
        return {**plain, tokens.error: wrong}
