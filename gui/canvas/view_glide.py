"""Moves a view to another part of the paper, so that the eye can follow."""
from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QRectF, QVariantAnimation, Slot

from gui import motion
from gui.canvas.zoom import ZoomView

MARGIN = 40


class ViewGlide(QVariantAnimation):
    """At most one movement at a time; none at all where motion is reduced."""

    def __init__(self, view: ZoomView):
        super().__init__(view)
        self._view = view
        self.setDuration(motion.MOMENT)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._step)

    def reveal(self, area: QRectF) -> None:
        """Bring `area` into view with some room around it, if it is not in view."""
        self._finish()
        if not self._view.shown_area().contains(area):
            before = self._place()
            self._view.ensureVisible(area, MARGIN, MARGIN)
            self._go(before)

    def centre(self, area: QRectF) -> None:
        """Bring the middle of `area` into the middle of the view."""
        self._finish()
        before = self._place()
        self._view.centerOn(area.center())
        self._go(before)

    def _go(self, before: QPoint) -> None:
        after = self._place()
        if motion.reduced() or not self._view.isVisible() or before == after:
            return
        self._step(before)
        self.setStartValue(before)
        self.setEndValue(after)
        self.start()

    def _finish(self) -> None:
        if self.state() == QVariantAnimation.State.Running:
            self.stop()
            self._step(self.endValue())

    def _place(self) -> QPoint:
        return QPoint(self._view.horizontalScrollBar().value(), self._view.verticalScrollBar().value())

    @Slot(object)
    def _step(self, place: QPoint) -> None:
        self._view.horizontalScrollBar().setValue(place.x())
        self._view.verticalScrollBar().setValue(place.y())
