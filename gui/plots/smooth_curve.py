"""A live curve without its noise."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from core.train.smoothing import smoothed
from gui.plots.live_curve import EMPTY, WIDTH, Floats, LiveCurve, runs_of

# More points than that are taken together first, or a weight would change nothing that can be seen. TensorBoard, too,
# smooths a thousand points of a run.
MOST = 1000


class SmoothCurve(pg.PlotCurveItem):  # type: ignore[misc]
    """Follows a live curve: the moving average of its points, or of the means of runs of them if there are many."""

    def __init__(self, raw: LiveCurve):
        super().__init__(connect="finite", antialias=True)
        self.setSegmentedLineMode("on")
        self.raw = raw
        self.weight = 0.0
        self._log = False
        self._rows, self._size = 0, 1
        self._x, self._means, self._values = EMPTY, EMPTY, EMPTY
        self.hide()

    def follow(self) -> None:
        """Take what the raw curve has now."""
        if not self.weight:
            return
        rows, size = len(self.raw), self._size
        if rows < self._rows:
            self._rows, size = 0, 1
        while rows / size > MOST:
            size *= 2
        kept = self._rows // size if size == self._size else 0
        x, y = self.raw.points(kept * size)
        self._x = np.concatenate([self._x[:kept], x[np.minimum(np.arange(size, len(x) + size, size), len(x)) - 1]])
        self._means = np.concatenate([self._means[:kept], _means(y, size)])
        self._rows, self._size = rows, size
        self._values = smoothed(self._means, self.weight)
        self._show()

    def reset(self) -> None:
        """The raw curve begins anew."""
        self._rows, self._size = 0, 1
        self.follow()

    def set_weight(self, weight: float) -> None:
        """How much of what came before counts: 0 hides the curve."""
        self.weight = weight
        self.setVisible(weight > 0)
        self.reset()

    def set_log(self, log: bool) -> None:
        """Draw powers of ten, or the values."""
        self._log = log
        self._show()

    def set_colour(self, colour: str) -> None:
        """The colour of the line."""
        self.setPen(pg.mkPen(QColor(colour), width=WIDTH))

    def points(self) -> tuple[Floats, Floats]:
        """Where its points stand, each at the end of its run, and what they are."""
        return self._x, self._values

    def rows(self) -> NDArray[np.intp]:
        """The numbers of the points of the raw curve at which its own stand: (points,)."""
        return np.minimum(np.arange(self._size, self._rows + self._size, self._size), self._rows) - 1

    def value_at(self, x: float) -> float:
        """The value nearest to `x`; NaN without points."""
        if not len(self._x):
            return float("nan")
        return float(self._values[int(np.abs(self._x - x).argmin())])

    def _show(self) -> None:
        y = self._values
        if self._log:
            with np.errstate(divide="ignore", invalid="ignore"):
                y = np.where(y > 0, np.log10(y), np.nan)
        self.setData(self._x, y)


def _means(values: Floats, size: int) -> Floats:
    """The mean of the finite values of each run; as they are, if they stand alone."""
    if size == 1:
        return values.copy()
    runs = runs_of(values, size)
    counts = np.isfinite(runs).sum(axis=1)
    return np.where(counts > 0, np.nansum(runs, axis=1) / np.maximum(counts, 1), np.nan)
