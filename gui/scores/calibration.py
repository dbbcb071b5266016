"""Whether what is said to be so sure comes true so often."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from core.train.probes.scores import Calibration, Scores
from gui.plots import numbers
from gui.plots.caption import Reading
from gui.plots.dots import Dots
from gui.scores.stage import UNIT, Cells, Stage, View, dashed
from gui.scores.words import judged, sized
from gui.theme.tokens import mix

# The bars of the counts take at most such a share of the height.
FOOT = 0.22
DOT, GAP, SINK = 8, 3, 0.14


class CalibrationView(View):
    """A dot for each bin of probabilities: on the diagonal what is said comes true. Below, how many samples a bin has.

    A line to the diagonal is orange where the network is surer than it is right, blue where it is less sure.
    """

    square = True

    def __init__(self, stage: Stage):
        self.ideal = pg.PlotCurveItem(antialias=True)
        self.bars = pg.BarGraphItem(x=[], height=[], width=0.08)
        self.over, self.under = (pg.PlotCurveItem(antialias=True, connect="pairs") for _ in range(2))
        self.line, self.dots = pg.PlotCurveItem(antialias=True), Dots()
        super().__init__(stage, (self.bars, self.ideal, self.over, self.under, self.line, self.dots))

    def draw(self, found: Scores) -> None:
        shown, tokens = self._shown(found), self.stage.tokens
        bins = shown.bins
        self.stage.name(*_axes(shown, found))
        self.stage.legend.say((), tokens)
        self.stage.look_at(UNIT)
        full = bins.counts > 0
        middles = (bins.edges[1:] + bins.edges[:-1]) / 2
        self.bars.setOpts(x=middles, height=FOOT * bins.counts / bins.counts.max(), width=0.92 / len(middles), y0=0.0,
                          pen=pg.mkPen(None), brush=pg.mkBrush(mix(tokens.plot, tokens.text, SINK)))
        self.ideal.setPen(dashed(tokens))
        self.ideal.setData(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
        for item, surer, colour in ((self.over, True, tokens.negative), (self.under, False, tokens.positive)):
            held = full & ((bins.sure > bins.true) == surer)
            item.setPen(pg.mkPen(QColor(colour), width=GAP))
            item.setData(np.repeat(bins.sure[held], 2), np.stack([bins.sure[held], bins.true[held]], axis=1).ravel())
        ink = QColor(tokens.accent_ink)
        self.line.setPen(pg.mkPen(ink, width=1.6))
        self.line.setData(bins.sure[full], bins.true[full])
        self.dots.setData(x=bins.sure[full], y=bins.true[full], size=DOT, brush=pg.mkBrush(ink),
                          pen=pg.mkPen(tokens.plot, width=1.0))

    def point(self, found: Scores, place: QPointF | None) -> None:
        shown = self._shown(found)
        bins, there = shown.bins, self.stage.place(place)
        if there is None or not 0 <= there.x() <= 1:
            self.stage.caption.say(judged(found.part, found.count, found.total), (
                Reading(numbers.share(bins.error), "calibration error", widest="100.0 %"),),
                short=sized(found.count, found.total))
            return
        number = min(len(bins.counts) - 1, int(there.x() * len(bins.counts)))
        count = int(bins.counts[number])
        title = f"{bins.edges[number]:.1f} to {bins.edges[number + 1]:.1f}: {count:,}"
        readings = () if not count else (
            Reading(numbers.share(float(bins.sure[number])), "says", widest="100.0 %"),
            Reading(numbers.share(float(bins.true[number])), "comes true", widest="100.0 %"))
        self.stage.caption.say(title, readings)

    def table(self, found: Scores) -> Cells:
        bins = self._shown(found).bins
        rows: list[list[float | str]] = [
            [float(low), float(high), int(count), *("" if np.isnan(v) else float(v) for v in (sure, true))]
            for low, high, count, sure, true in zip(bins.edges[:-1], bins.edges[1:], bins.counts, bins.sure, bins.true,
                                                    strict=True)]
        return ["from", "to", "samples", "mean probability", "share that came true"], rows

    @staticmethod
    def _shown(found: Scores) -> Calibration:
        assert isinstance(found.shown, Calibration)
        return found.shown


def _axes(shown: Calibration, found: Scores) -> tuple[str, str]:
    if shown.of == -1:
        return "probability of the predicted class", "share that is right"
    if shown.of == -2:
        return "probability of a label", "share that is true"
    name = found.names[shown.of]
    return f"probability of {name}", f"share of {name}"
