"""A plot that is looked at closely: the wheel magnifies it about the pointer, dragging moves it."""
from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Slot

from gui.plots.board import look_at

SHARPEST = 2.0


class Zoom(QObject):
    """Shows `whole` until somebody magnifies it, and again after `reset` or when there is another whole.

    No more is seen than the whole, and no less than SHARPEST by SHARPEST units of the plot.
    """

    def __init__(self, plot: pg.PlotItem):
        super().__init__()
        self.plot = plot
        self.whole = QRectF()
        self.close = False
        plot.setMouseEnabled(True, True)
        plot.vb.sigRangeChangedManually.connect(self._moved)

    def show(self, whole: QRectF) -> None:
        """This is all that there is to see."""
        if whole != self.whole:
            self.whole, self.close = QRectF(whole), False
            self.plot.vb.setLimits(xMin=whole.left(), xMax=whole.right(), yMin=whole.top(), yMax=whole.bottom(),
                                   minXRange=min(SHARPEST, whole.width()), minYRange=min(SHARPEST, whole.height()))
        if not self.close:
            look_at(self.plot, whole)

    def reset(self) -> None:
        """Show all again."""
        self.close = False
        look_at(self.plot, self.whole)

    @Slot()
    def _moved(self) -> None:
        (left, right), (low, high) = self.plot.vb.viewRange()
        self.close = (right - left) < 0.999 * self.whole.width() or (high - low) < 0.999 * self.whole.height()
