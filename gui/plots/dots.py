"""Points, drawn quickly on the screen and as shapes in an export."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class Dots(pg.ScatterPlotItem):  # type: ignore[misc]
    """Circles of a size in pixels. On the screen they come from a cache of small pictures, which files cannot hold."""

    data: Any

    def __init__(self) -> None:
        super().__init__(pxMode=True, antialias=True)

    def put(self, places: np.ndarray, size: float, looks: Sequence[tuple[QPen, QBrush]], which: np.ndarray) -> None:
        """Circles at places (n, 2), of which each has the pen and the brush at which (n,) among the looks.

        What is to be done for a look is done once, not for each of its circles. The small pictures belong to the
        pen and brush themselves: to draw again quickly, give the same ones.
        """
        self.opts["size"] = size
        # Records with objects in them are dear to make.
        data = self.data if len(self.data) == len(places) else np.empty(len(places), self.data.dtype)
        data["x"], data["y"] = places[:, 0], places[:, 1]
        data["size"], data["visible"], data["hovered"], data["sourceRect"] = -1, True, False, 0
        data["symbol"] = data["item"] = data["data"] = None
        for number, name in enumerate(("pen", "brush")):
            inks = np.empty(len(looks), object)
            inks[:] = [look[number] for look in looks]
            data[name] = inks[which]
        if len(places):
            pictures = self.fragmentAtlas[[(self.opts["symbol"], float(size), *look) for look in looks]]
            data["sourceRect"] = np.array(pictures, data.dtype["sourceRect"])[which]
        self.prepareGeometryChange()
        self.informViewBoundsChanged()
        self.data = data
        self._maybeRebuildAtlas()
        self._updateMaxSpotSizes(data=data)
        self.invalidate()
        self.sigPlotChanged.emit(self)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if widget is not None:
            super().paint(painter, option, widget)
            return
        self.setExportMode(True, {"antialias": True, "resolutionScale": 1.0})
        try:
            super().paint(painter, option, widget)
        finally:
            self.setExportMode(False)
