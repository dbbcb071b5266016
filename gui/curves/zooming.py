"""Looking closer with the mouse: wheel, or a region that is dragged out; a double-click shows all again."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsRectItem

from gui.plots.board import Board
from gui.plots.chart import Chart
from gui.theme.tokens import Tokens

STEP = 0.8
LEAST, TALL = 5.0, 14.0
Span = tuple[float, float]


class Zooming(QObject):
    """`wanted` carries the part of x to look at, and a chart with the part of its y or None; `all_wanted` ends it."""

    wanted = Signal(object, object, object)
    all_wanted = Signal()

    def __init__(self, board: Board, charts: Callable[[], Sequence[Chart]], parent: QObject):
        super().__init__(parent)
        self._board, self._charts = board, charts
        self._pressed: tuple[Chart, QPointF] | None = None
        self._band = QGraphicsRectItem()
        self._band.setZValue(50)
        self._band.hide()
        board.view.scene().addItem(self._band)
        board.view.viewport().installEventFilter(self)

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        fill = QColor(tokens.accent_ink)
        self._band.setPen(QPen(fill, 1.0))
        fill.setAlpha(36)
        self._band.setBrush(fill)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent):
            place = self._board.view.mapToScene(event.position().toPoint())
            if kind == QEvent.Type.MouseButtonDblClick and event.button() == Qt.MouseButton.LeftButton:
                self._pressed = None
                self._band.hide()
                self.all_wanted.emit()
                return True
            if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                return self._press(place)
            if kind == QEvent.Type.MouseMove and self._pressed is not None:
                self._drag(place)
                return True
            if kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                self._release()
                return True
        return False

    def _chart_at(self, place: QPointF) -> Chart | None:
        return next((c for c in self._charts() if c.plot.vb.sceneBoundingRect().contains(place)), None)

    def _wheel(self, event: QWheelEvent) -> bool:
        chart = self._chart_at(self._board.view.mapToScene(event.position().toPoint()))
        turned = event.angleDelta()
        if chart is None or turned.isNull():
            return False
        (left, right), _ = chart.plot.vb.viewRange()
        sideways = turned.x() or (turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if sideways:
            move = -sideways / 1200 * (right - left)
            self.wanted.emit((left + move, right + move), chart, None)
            return True
        place = chart.plot.vb.mapSceneToView(self._board.view.mapToScene(event.position().toPoint())).x()
        factor = STEP ** (turned.y() / 120)
        self.wanted.emit((place - (place - left) * factor, place + (right - place) * factor), chart, None)
        return True

    def _press(self, place: QPointF) -> bool:
        chart = self._chart_at(place)
        self._pressed = None if chart is None else (chart, place)
        return chart is not None

    def _drag(self, place: QPointF) -> None:
        assert self._pressed is not None
        chart, start = self._pressed
        frame = chart.plot.vb.sceneBoundingRect()
        area = QRectF(start, place).normalized().intersected(frame)
        if area.height() < TALL:
            area.setTop(frame.top())
            area.setBottom(frame.bottom())
        self._band.setRect(area)
        self._band.setVisible(area.width() >= LEAST)

    def _release(self) -> None:
        assert self._pressed is not None
        chart, _ = self._pressed
        self._pressed = None
        if not self._band.isVisible():
            return
        self._band.hide()
        area, frame = self._band.rect(), chart.plot.vb.sceneBoundingRect()
        found = chart.plot.vb.mapSceneToView(area).boundingRect()
        whole = area.height() >= frame.height() - 1
        self.wanted.emit((found.left(), found.right()), chart, None if whole else (found.top(), found.bottom()))
