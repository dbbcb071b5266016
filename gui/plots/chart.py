"""A chart of one quantity, epoch by epoch, for training and validation."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import look_at, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.live_curve import Floats, LiveCurve
from gui.theme.tokens import Tokens

# A little beyond the last epoch, so that the dot at the end of a line is whole.
END = 1.015
HEADROOM = 1.02
LINES = (("train", "train"), ("validation", "validation"))


class Chart:
    """One quantity with its two lines."""

    def __init__(self, tokens: Tokens, title: str, columns: tuple[str, str], write: Callable[[float], str],
                 widest: str, axis: Axis):
        self.title, self.columns, self.write, self.widest = title, columns, write, widest
        self.caption = Caption(tokens)
        self.left, self.bottom = axis, Axis("bottom", write=numbers.short, whole=True)
        self.plot = quiet_plot(self.left, self.bottom)
        self.curves = tuple(LiveCurve() for _ in LINES)
        self.cross = pg.InfiniteLine(angle=90)
        self.cross.hide()
        self.log = False
        for item in (self.cross, *reversed(self.curves)):
            self.plot.addItem(item)

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        self.cross.setPen(pg.mkPen(tokens.text_faint))
        for curve, (_, token) in zip(self.curves, LINES, strict=True):
            curve.set_colour(getattr(tokens, token))

    def reset(self) -> None:
        """Forget what was drawn."""
        for curve in self.curves:
            curve.reset()

    def extend(self, rows: dict[str, Floats]) -> None:
        """Append what the run has added."""
        for curve, column in zip(self.curves, self.columns, strict=True):
            curve.extend(rows["epoch"], rows[column])

    def set_log(self, log: bool) -> None:
        """Logarithmic or linear."""
        self.log = log
        self.left.set_log(log)
        for curve in self.curves:
            curve.set_log(log)

    @property
    def empty(self) -> bool:
        """True if there is no number at all."""
        return all(curve.limits() is None for curve in self.curves)

    def fit(self, epoch: float, fixed: tuple[float, float] | None = None) -> None:
        """Set the view from 0 to a round epoch, and around the values."""
        found = [limits for curve in self.curves if (limits := curve.limits()) is not None]
        low, high = min((f[0] for f in found), default=0.0), max((f[1] for f in found), default=1.0)
        if fixed is not None:
            span = fixed
        elif self.log:
            span = float(np.floor(np.log10(low))) if found else -1.0, float(np.ceil(np.log10(high)))
            span = span[0], max(span[1], span[0] + 1.0)
        else:
            span = min(0.0, low), numbers.limit(high * HEADROOM)
        whole = numbers.limit(max(epoch, 2.0))
        look_at(self.plot, QRectF(0.0, span[0], whole * END, span[1] - span[0]))

    def read(self, row: int | None, epoch: float) -> None:
        """Write the values of a row (the newest, if None) into the caption."""
        shown = []
        for curve, (name, token) in zip(self.curves, LINES, strict=True):
            if len(curve) and curve.limits() is not None:
                value = curve.value(-1 if row is None else row)
                shown.append(Reading(self.write(value), name, token, self.widest))
        title = self.title if row is None else f"{self.title}, epoch {numbers.count(epoch)}"
        self.caption.say(title, shown)
