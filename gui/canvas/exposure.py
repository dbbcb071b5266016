"""Which part of the canvas is being painted, and how long that took."""
from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QRegion


class Exposure:
    """Qt tells an item only what is exposed of all items together. An item that asks here can leave alone what lies
    beside the little that changed upon it. `seconds` is what the last painting took."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._region: QRegion | None = None

    @contextmanager
    def painting(self, region: QRegion) -> Iterator[None]:
        """The block in which a view paints this much of itself, in device-independent pixels."""
        began, self._region = time.perf_counter(), region
        try:
            yield
        finally:
            self._region, self.seconds = None, time.perf_counter() - began

    def within(self, painter: QPainter, area: QRectF, blank: QRectF) -> QRectF | None:
        """What is exposed of an item that covers `area`, if all of that lies in its part `blank`; else None. In the
        coordinates of the item."""
        transform = painter.worldTransform()
        if self._region is None or transform.isRotating():
            return None
        exposed = self._region.intersected(transform.mapRect(area).toAlignedRect()).boundingRect()
        if not transform.mapRect(blank).contains(QRectF(exposed)):
            return None
        return transform.inverted()[0].mapRect(QRectF(exposed))
