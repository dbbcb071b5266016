"""A chart of one quantity over the course of a run, for training and validation."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import look_at, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.live_curve import Floats, LiveCurve
from gui.plots.smooth_curve import SmoothCurve
from gui.theme.tokens import Tokens, mix

# A little beyond the last epoch, so that the dot at the end of a line is whole.
END = 1.015
HEADROOM = 1.02
MARGIN = 0.06
# A title of more letters is cut to so many where it has no room.
LONG, SHORT = 5, 3
LINES = (("train", "train"), ("validation", "validation"))
# How much of the paper is in a line that stands behind its moving average.
BEHIND = 0.72
Span = tuple[float, float]


@dataclass(frozen=True)
class Behind:
    """Lines of another run, for training and validation, in one colour."""

    colour: str
    curves: tuple[LiveCurve, ...]


class Chart:
    """One quantity with its lines, each of which may have its moving average before it; other lines stand behind."""

    def __init__(self, tokens: Tokens, title: str, columns: tuple[str, ...], write: Callable[[float], str],
                 widest: str, axis: Axis):
        self.title, self.columns, self.write, self.widest = title, columns, write, widest
        self.caption = Caption(tokens)
        self.left, self.bottom = axis, Axis("bottom", write=numbers.short, whole=True)
        self.left.capped = True
        self.plot = quiet_plot(self.left, self.bottom)
        self.curves = tuple(LiveCurve() for _ in columns)
        self.smooth = tuple(SmoothCurve(curve) for curve in self.curves)
        self.behind: tuple[Behind, ...] = ()
        self.cross, self.cursor = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=90)
        self.cross.hide()
        self.cursor.hide()
        self.log = False
        self.zoom: Span | None = None
        self._tokens = tokens
        self.under = LiveCurve()
        # Single lines would each begin their dashes anew.
        self.under.setSegmentedLineMode("off")
        for item in (self.cross, self.cursor, self.under, *reversed(self.curves), *reversed(self.smooth)):
            self.plot.addItem(item)

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._tokens = tokens
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        self.cross.setPen(pg.mkPen(tokens.text_faint))
        self.cursor.setPen(pg.mkPen(tokens.accent_ink, width=1.5))
        for curve, smooth, (_, token) in zip(self.curves, self.smooth, LINES, strict=False):
            colour = getattr(tokens, token)
            smooth.set_colour(colour)
            curve.set_colour(mix(colour, tokens.plot, BEHIND) if smooth.weight else colour)
        self.under.set_colour(tokens.train, width=1.0, dashed=True)

    @property
    def lines(self) -> tuple[LiveCurve, ...]:
        """All that is drawn of runs: the present one, the epoch of it that is not over, and others."""
        return (*self.curves, self.under, *self.others)

    def reset(self) -> None:
        """Forget what was drawn."""
        for curve, smooth in zip(self.curves, self.smooth, strict=True):
            curve.reset()
            smooth.reset()

    def extend(self, rows: Mapping[str, Floats], x: str = "epoch") -> None:
        """Append what the run has added."""
        for curve, smooth, column in zip(self.curves, self.smooth, self.columns, strict=True):
            curve.extend(rows[x], rows[column])
            smooth.follow()

    def set_smoothing(self, weight: float) -> None:
        """Draw moving averages before the lines; 0 draws the lines alone."""
        for smooth in self.smooth:
            smooth.set_weight(weight)
        self.restyle_lines()

    def restyle_lines(self) -> None:
        """Lines behind an average are faint."""
        for curve, smooth, (_, token) in zip(self.curves, self.smooth, LINES, strict=False):
            colour = getattr(self._tokens, token)
            curve.alone = bool(smooth.weight)
            curve.set_colour(mix(colour, self._tokens.plot, BEHIND) if smooth.weight else colour)

    @property
    def others(self) -> list[LiveCurve]:
        """The lines of other runs."""
        return [curve for run in self.behind for curve in run.curves]

    def set_others(self, runs: Sequence[Behind]) -> None:
        """Draw these behind, instead of those before."""
        for curve in self.others:
            self.plot.removeItem(curve)
        self.behind = tuple(runs)
        for curve in self.others:
            curve.setZValue(-0.5)
            curve.set_log(self.log)
            curve.set_part(self.zoom)
            self.plot.addItem(curve)

    def set_log(self, log: bool) -> None:
        """Logarithmic or linear."""
        self.log = log
        self.left.set_log(log)
        for curve in self.lines:
            curve.set_log(log)
        for smooth in self.smooth:
            smooth.set_log(log)

    @property
    def empty(self) -> bool:
        """True if there is no number at all."""
        return all(curve.limits() is None for curve in (*self.curves, self.under))

    def measure(self, *, whole: bool) -> None:
        """Count along the course in whole numbers, or in parts of them."""
        self.bottom.whole, self.bottom.write = whole, numbers.short if whole else None

    def set_pixels(self, pixels: float) -> None:
        """Say how wide the lines are drawn."""
        for curve in self.lines:
            curve.set_pixels(pixels)

    def look_closer(self, x: Span | None, y: Span | None = None) -> None:
        """Show this part, with all values in it unless `y` says otherwise; None shows the whole run, which `fit` does.

        New points do not move what is shown."""
        self.zoom = x
        for curve in self.lines:
            curve.set_part(x)
        if x is not None:
            span = y or self._around()
            look_at(self.plot, QRectF(x[0], span[0], x[1] - x[0], span[1] - span[0]))

    def _around(self) -> Span:
        """What holds all values in sight, with a little room."""
        found = [limits for curve in self.lines if (limits := curve.limits()) is not None]
        low, high = min((f[0] for f in found), default=0.0), max((f[1] for f in found), default=1.0)
        if self.log and found:
            low, high = float(np.log10(low)), float(np.log10(high))
        room = MARGIN * (high - low) or MARGIN * abs(high) or 0.5
        return low - room, high + room

    def fit(self, last: float, fixed: Span | None = None) -> None:
        """Set the view from 0 to a round place after the last one, and around the values."""
        if self.zoom is not None:
            return
        found = [limits for curve in self.lines if (limits := curve.limits()) is not None]
        low, high = min((f[0] for f in found), default=0.0), max((f[1] for f in found), default=1.0)
        if fixed is not None and not self.log:
            span = fixed
        elif self.log:
            span = float(np.floor(np.log10(low))) if found else -1.0, float(np.ceil(np.log10(high)))
            span = span[0], max(span[1], span[0] + 1.0)
        else:
            span = min(0.0, low), numbers.limit(high * HEADROOM)
        whole = numbers.limit(max(last, 2.0 if self.bottom.whole else 1e-3))
        look_at(self.plot, QRectF(0.0, span[0], whole * END, span[1] - span[0]))

    def place_near(self, x: float) -> float | None:
        """Where the point nearest to `x` stands, of the run or, beyond its end, of another one; None without points."""
        own = next((curve for curve in self.curves if len(curve)), None)
        lines = [own] if own is not None and own.reaches(x) else [own, *self.others]
        found = [curve.place(row) for curve in lines if curve is not None and (row := curve.row_at(x)) is not None]
        return min(found, key=lambda place: abs(place - x), default=None)

    def read(self, at: float | None, where: str = "") -> None:
        """Write the values nearest to a place (the newest, if None) into the caption; `where` names the place.

        The newest of an epoch that is not over is its running mean; of validation there is only what was before."""
        shown, partly = list[Reading](), at is None and len(self.under) > 0
        for curve, smooth, (name, token) in zip(self.curves, self.smooth, LINES, strict=False):
            if partly and curve is self.curves[0]:
                shown.append(Reading(self.write(self.under.value(-1)), name, token, self.widest))
            elif len(curve) and curve.limits() is not None:
                name = f"last {name}" if partly else name
                place = curve.place(-1) if at is None else at
                value = curve.value(-1) if at is None else curve.value_at(place)
                if smooth.weight and curve.reaches(place):
                    value = smooth.value_at(place)
                shown.append(Reading(self.write(value), name if len(self.curves) > 1 else "", token, self.widest))
        short = f"{self.title[:SHORT]}." if len(self.title) > LONG and " " not in self.title else ""
        if at is None and not partly:
            self.caption.say(self.title, shown, short=short)
        else:
            others = [] if at is None else self._read_behind(at)
            self.caption.say(f"{self.title}, {where}", [*others, *shown],
                             short=f"{short or self.title}, {_number_in(where)}")

    def _read_behind(self, at: float) -> list[Reading]:
        """The values of other runs there, that of training before that of validation."""
        found = []
        for run in self.behind:
            curves = [curve for curve in run.curves if curve.limits() is not None]
            if curves:
                text = " / ".join(self.write(curve.value_at(at)) for curve in curves)
                found.append(Reading(text, widest=" / ".join([self.widest] * len(curves)), colour=run.colour))
        return found


def _number_in(place: str) -> str:
    """ "epoch 12" as "12"; "1.2 s" stays. """
    word, _, number = place.partition(" ")
    return number if word.isalpha() else place
