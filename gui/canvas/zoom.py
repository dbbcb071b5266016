"""A view of endless paper: zoom to the pointer, pan, fit."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPainter, QShowEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from gui.canvas import geometry

PAPER = 4e6
FIT_MARGIN = 24
STEP = 1.2
NOTCH = 120


class ZoomView(QGraphicsView):
    """Knows nothing of networks."""

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._fit_when_shown = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setSceneRect(QRectF(-PAPER / 2, -PAPER / 2, PAPER, PAPER))

    @property
    def zoom(self) -> float:
        """1.0 is 100 %."""
        return self.transform().m11()

    def zoom_to(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Zoom so that what is under `anchor` (by default the middle) stays there."""
        wanted = geometry.clamp_zoom(zoom)
        if wanted == self.zoom:
            return
        fixed = self.viewport().rect().center() if anchor is None else anchor
        point = self.mapToScene(fixed)
        self.setTransform(QTransform.fromScale(wanted, wanted))
        self.pan_by(fixed - self.mapFromScene(point))
        self.zoom_changed.emit(wanted)

    def zoom_in(self) -> None:
        """One step closer."""
        self.zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom_to(self.zoom / STEP)

    def zoom_reset(self) -> None:
        """Back to 100 %."""
        self.zoom_to(1.0)

    def pan_by(self, delta: QPoint) -> None:
        """Shift the paper by pixels."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - delta.x())
        down.setValue(down.value() - delta.y())

    def content(self) -> QRectF:
        """What `fit` brings into view; empty if there is nothing."""
        return QRectF()

    def fit(self) -> None:
        """Bring everything into view, never larger than 100 %. Before the view is shown, this waits until it is."""
        if not self.isVisible():
            self._fit_when_shown = True
            return
        content, room = self.content(), self.viewport().size()
        if content.isEmpty():
            self.zoom_to(1.0)
            return
        across = (room.width() - 2 * FIT_MARGIN) / content.width()
        down = (room.height() - 2 * FIT_MARGIN) / content.height()
        self.zoom_to(min(1.0, across, down))
        self.centerOn(content.center())

    def wheelEvent(self, event: QWheelEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not ctrl and _two_fingers(event):
            self.pan_by(event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2)
        elif shift:
            self.pan_by(QPoint((event.angleDelta().x() or event.angleDelta().y()) // 2, 0))
        else:
            self.zoom_to(self.zoom * STEP ** (event.angleDelta().y() / NOTCH), event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1 + event.value()), event.position().toPoint())
            return True
        return super().viewportEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fit_when_shown:
            self._fit_when_shown = False
            self.fit()


def _two_fingers(event: QWheelEvent) -> bool:
    touch = event.deviceType() == QInputDevice.DeviceType.TouchPad
    return touch or event.phase() != Qt.ScrollPhase.NoScrollPhase
