"""A view of endless paper: zoom to the pointer, pan, fit."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QInputDevice,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from gui.canvas import geometry

PAPER = 4e6
FIT_MARGIN = 20
# Below what is brought into view there is room for the zoom control, which covers so much of the lower right corner.
FOOT = 48
CORNER = QSize(180, FOOT)
STEP = 1.2
NOTCH = 120


class ZoomView(QGraphicsView):
    """Knows nothing of networks. `moved` says that another part of the paper is in view."""

    zoom_changed = Signal(float)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._fit_when_shown = True
        self._fixed = QPoint(), QPointF()
        self._fitted: tuple[float, int, int] | None = None
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
        # Paper moves by whole pixels: zooming about one place again and again would add up what is lost by that.
        last, point = self._fixed
        if fixed != last or (self.mapFromScene(point) - fixed).manhattanLength() > 2:
            point = self.mapToScene(fixed)
        self._fixed = QPoint(fixed), point
        self.setTransform(QTransform.fromScale(wanted, wanted))
        self.pan_by(fixed - self.mapFromScene(point))
        self.zoom_changed.emit(wanted)
        self.moved.emit()

    def zoom_by(self, factor: float, anchor: QPoint | None = None) -> None:
        """Zoom by a factor; 100 % is never stepped over."""
        self.zoom_to(geometry.zoom_step(self.zoom, factor), anchor)

    def zoom_in(self) -> None:
        """One step closer."""
        self.zoom_by(STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom_by(1 / STEP)

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
        """Bring everything into view, never larger than 100 %. Before the view is shown, this waits until it is.

        Until somebody moves the paper, everything stays in view when the size of the view changes.
        """
        self._fitted = None
        if not self.isVisible():
            self._fit_when_shown = True
            return
        content = self.content()
        if content.isEmpty():
            self.zoom_to(1.0)
        else:
            self.show_area(content, foot=FIT_MARGIN)
            if self._cornered():
                self.show_area(content)
            self._fitted = self._state()

    def refit(self) -> None:
        """Bring everything into view again, unless somebody has moved the paper."""
        if self._fitted is not None and self._fitted == self._state():
            self.fit()

    def _state(self) -> tuple[float, int, int]:
        return self.zoom, self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def _cornered(self) -> bool:
        """Whether the zoom control covers anything."""
        room = self.viewport().rect()
        return bool(self.items(QRect(room.bottomRight() - QPoint(CORNER.width(), CORNER.height()), CORNER)))

    def show_area(self, area: QRectF, most: float = 1.0, foot: int = FOOT) -> None:
        """Bring a part of the paper into view, not larger than `most`, with so much room below it."""
        room = self.viewport().size()
        across = (room.width() - 2 * FIT_MARGIN) / max(1.0, area.width())
        down = (room.height() - FIT_MARGIN - foot) / max(1.0, area.height())
        self.zoom_to(min(most, across, down))
        lift = max(0.0, foot - (room.height() - area.height() * self.zoom) / 2)
        self.centerOn(area.center() + QPointF(0, lift / self.zoom))

    def shown_area(self) -> QRectF:
        """The part of the paper that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def wheelEvent(self, event: QWheelEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        turn, fingers = event.angleDelta(), _two_fingers(event)
        # A flick of two fingers that runs on goes on panning, whatever key is pressed by then.
        if (fingers and not ctrl) or event.phase() == Qt.ScrollPhase.ScrollMomentum:
            self.pan_by(event.pixelDelta() if not event.pixelDelta().isNull() else turn / 2)
        elif shift or not turn.y():
            self.pan_by(QPoint(round((turn.x() or turn.y()) / 2), 0))
        else:
            self.zoom_by(STEP ** (turn.y() / NOTCH), event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(max(0.1, 1 + event.value()), event.position().toPoint())
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        untouched = self._fitted is not None and self._fitted == self._state()
        super().resizeEvent(event)
        if untouched:
            self.fit()
        self.moved.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fit_when_shown:
            self._fit_when_shown = False
            self.fit()


def _two_fingers(event: QWheelEvent) -> bool:
    touch = event.deviceType() == QInputDevice.DeviceType.TouchPad
    return touch or event.phase() != Qt.ScrollPhase.NoScrollPhase
