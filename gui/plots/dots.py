"""Points, drawn quickly on the screen and as shapes in an export."""
from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class Dots(pg.ScatterPlotItem):  # type: ignore[misc]
    """Circles of a size in pixels. On the screen they come from a cache of small pictures, which files cannot hold."""

    def __init__(self) -> None:
        super().__init__(pxMode=True, antialias=True)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if widget is not None:
            super().paint(painter, option, widget)
            return
        self.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
        try:
            super().paint(painter, option, widget)
        finally:
            self.setExportMode(False)
