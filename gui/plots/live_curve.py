"""A line that only grows, and costs the same to draw after a million points as after a thousand."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.scene import scene_pixels

Floats = NDArray[np.float64]
EMPTY: Floats = np.empty(0)
WIDTH, HEAD = 1.5, 2.5


class LiveCurve(pg.PlotCurveItem):  # type: ignore[misc]
    """Points are kept whole, and drawn by the lowest and highest of each run of points that share a pixel.

    What is not finite leaves a gap, and so does what is not positive on a logarithmic scale, where the curve is drawn
    at its power of ten. A dot marks the newest point, unless it has no `head`;
    one that is `alone` has its dot only while there is no line to be seen.
    """

    def __init__(self, *, head: bool = True) -> None:
        super().__init__(connect="finite", antialias=True)
        # Qt strokes a path wider than a pixel four times slower than its single lines.
        self.setSegmentedLineMode("on")
        self._x, self._y, self._rows = EMPTY, EMPTY, 0
        self._low, self._high = EMPTY, EMPTY
        self._size, self._pixels, self._log = 1, 300, False
        self._part: tuple[float, float] | None = None
        self.head, self.alone = head, False

    def __len__(self) -> int:
        return self._rows

    def reset(self) -> None:
        """Forget all points."""
        self._x, self._y, self._rows, self._size = EMPTY, EMPTY, 0, 1
        self._low, self._high = EMPTY, EMPTY
        self._show()

    def extend(self, x: Floats, y: Floats) -> None:
        """Append points: x (n,) ascending, y (n,)."""
        if len(x):
            start = self._rows - self._rows % self._size
            self._x, self._y = _appended(self._x, self._rows, x), _appended(self._y, self._rows, y)
            self._rows += len(x)
            self._fold(start)
            if self._part is None or x[0] <= self._part[1]:
                self._show()

    def set_part(self, part: tuple[float, float] | None) -> None:
        """Draw only what lies between these two places, as finely as there is room; None draws all."""
        if part != self._part:
            self._part = part
            self._show()

    def set_pixels(self, pixels: float) -> None:
        """Say how wide the line is drawn."""
        wanted = max(64, int(pixels))
        if wanted != self._pixels:
            self._pixels, self._size = wanted, 1
            self._fold(0)
            self._show()

    def set_log(self, log: bool) -> None:
        """Draw powers of ten, or the values."""
        self._log = log
        self._show()

    def set_colour(self, colour: str, *, width: float = WIDTH, dashed: bool = False) -> None:
        """The colour of the line and the dot."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self.setPen(pg.mkPen(QColor(colour), width=width, style=style))

    def value(self, row: int) -> float:
        """The point number `row`, from 0."""
        return float(self._y[: self._rows][row])

    def place(self, row: int) -> float:
        """Where the point number `row` stands."""
        return float(self._x[: self._rows][row])

    def row_at(self, x: float) -> int | None:
        """The number of the point nearest to `x`, or None without points."""
        if not self._rows:
            return None
        after = int(np.searchsorted(self._x[: self._rows], x))
        near = [row for row in (after - 1, after) if 0 <= row < self._rows]
        return min(near, key=lambda row: abs(self.place(row) - x))

    def reaches(self, x: float) -> bool:
        """False beyond the last point, by more than half of the way to it from the one before."""
        return len(self) > 0 and x <= self.place(-1) + 0.5 * (self.place(-1) - self.place(max(0, len(self) - 2)))

    def value_at(self, x: float) -> float:
        """The value of the point nearest to `x`; NaN beyond the last one."""
        row = self.row_at(x) if self.reaches(x) else None
        return float("nan") if row is None else self.value(row)

    def limits(self) -> tuple[float, float] | None:
        """The lowest and highest finite value (positive value, on a logarithmic scale) of what is drawn, or None."""
        low, high = self._low, self._high
        if self._part is not None:
            _, part = self._in_part()
            low = high = np.where(np.isfinite(part), part, np.nan)
        if self._log:
            low, high = np.where(low > 0, low, high), np.where(high > 0, high, np.nan)
            low = np.where(low > 0, low, np.nan)
        if not np.isfinite(high).any():
            return None
        return float(np.nanmin(low)), float(np.nanmax(high))

    def _fold(self, start: int) -> None:
        """Lowest and highest of each run from point `start` on, which begins a run."""
        size = self._size
        while 2 * self._rows / size > self._pixels:
            size *= 2
        if size != self._size:
            self._size, start = size, 0
        low, high = _extremes(self._y[start : self._rows], size)
        kept = start // size
        self._low = np.concatenate([self._low[:kept], low])
        self._high = np.concatenate([self._high[:kept], high])

    def _show(self) -> None:
        x, y = self._vertices()
        if self._log:
            with np.errstate(divide="ignore", invalid="ignore"):
                y = np.where(y > 0, np.log10(y), np.nan)
        self.setData(x, y)

    def _vertices(self) -> tuple[Floats, Floats]:
        if self._part is not None:
            x, y = self._in_part()
            size = max(1, -(-2 * len(x) // self._pixels))
            low, high = _extremes(y, size)
        else:
            x, y, size = self._x[: self._rows], self._y[: self._rows], self._size
            low, high = self._low, self._high
        if size == 1:
            return x.copy(), low.copy()
        first = np.arange(0, len(x), size)
        last = np.minimum(first + size, len(x)) - 1
        rising = y[first] < y[last]
        places = np.stack([x[first], x[last]], axis=1)
        values = np.stack([np.where(rising, low, high), np.where(rising, high, low)], axis=1)
        return places.ravel(), values.ravel()

    def _in_part(self) -> tuple[Floats, Floats]:
        """The points of the part that is drawn, and one on either side, to which lines lead."""
        assert self._part is not None
        x = self._x[: self._rows]
        start, end = np.searchsorted(x, self._part[0]), np.searchsorted(x, self._part[1], "right")
        kept = slice(max(0, int(start) - 1), int(end) + 1)
        return x[kept], self._y[: self._rows][kept]

    def points(self, start: int = 0) -> tuple[Floats, Floats]:
        """All points from number `start` on, not to be changed."""
        return self._x[start : self._rows], self._y[start : self._rows]

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        super().paint(painter, option, widget)
        if not (self._rows and self.head) or (self.alone and self._rows > 1):
            return
        y = self._y[self._rows - 1]
        if self._log:
            y = np.log10(y) if y > 0 else np.nan
        if np.isfinite(y):
            with scene_pixels(self, painter) as to_scene:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.opts["pen"].color())
                painter.drawEllipse(to_scene.map(QPointF(self._x[self._rows - 1], y)), HEAD, HEAD)


def runs_of(values: Floats, size: int) -> Floats:
    """Values (n,) in runs of so many: (runs, size), NaN where one is not finite or beyond the end."""
    padded = np.full(-(-len(values) // size) * size, np.nan)
    padded[: len(values)] = np.where(np.isfinite(values), values, np.nan)
    return padded.reshape(-1, size)


def _extremes(values: Floats, size: int) -> tuple[Floats, Floats]:
    """The lowest and the highest finite value of each run."""
    runs = runs_of(values, size)
    return np.fmin.reduce(runs, axis=1), np.fmax.reduce(runs, axis=1)


def _appended(store: Floats, used: int, more: Floats) -> Floats:
    needed = used + len(more)
    if needed > len(store):
        grown = np.empty(max(needed, 2 * len(store), 256))
        grown[:used] = store[:used]
        store = grown
    store[used:needed] = more
    return store
