"""ROC and precision-recall curves."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from core.train.probes.scores import CURVES, Curve, Curves, Scores
from gui.plots import numbers
from gui.plots.caption import Reading
from gui.plots.dots import Dots
from gui.plots.legend import Entry
from gui.scores.stage import UNIT, Cells, Stage, View, dashed
from gui.scores.words import judged, sized

WIDTH, STRONG, DOT, SPOT = 1.6, 2.6, 6, 9
# The pointer reads a curve that is so near, in pixels.
NEAR = 40.0
FAINT = 90


class CurvesView(View):
    """One curve for each class against the rest. Dots are the threshold 0.5; the pointer reads the others."""

    square = True
    axes = ("", "")
    measure = ""
    readings = ("", "")

    def __init__(self, stage: Stage):
        self.lines = [pg.PlotCurveItem(antialias=True) for _ in range(CURVES)]
        self.chance = pg.PlotCurveItem(antialias=True)
        self.halves, self.spot = Dots(), Dots()
        super().__init__(stage, (self.chance, *self.lines, self.halves, self.spot))
        self.read: tuple[Curve, int] | None = None

    def draw(self, found: Scores) -> None:
        shown = self._curves(found)
        self.stage.name(*self.axes)
        self.stage.look_at(UNIT)
        self._draw_lines(found)
        self.chance.setPen(dashed(self.stage.tokens))
        self._compare(shown)
        half = [curve for curve in shown.curves if curve.half >= 0]
        self.halves.setData(x=[curve.x[curve.half] for curve in half], y=[curve.y[curve.half] for curve in half],
                            size=DOT, pen=pg.mkPen(self.stage.tokens.plot),
                            brush=[pg.mkBrush(self.colour(found, curve)) for curve in half])
        order = {curve.number: place for place, curve in enumerate(shown.curves)}
        self.stage.legend.say([Entry(self.colour(found, shown.curves[place]), found.names[number],
                                     numbers.fixed(shown.curves[place].area, 3)) for number, place in order.items()],
                              self.stage.tokens)

    def colour(self, found: Scores, curve: Curve) -> str:
        """The colour of the class."""
        count = len(found.names) if found.kind == "classes" else max(3, len(found.names))
        return self.stage.tokens.label_colour(curve.number, count)

    def _draw_lines(self, found: Scores) -> None:
        shown = self._curves(found)
        chosen = None if self.read is None else self.read[0].number
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(shown.curves))
            if place < len(shown.curves):
                curve = shown.curves[place]
                ink, strong = QColor(self.colour(found, curve)), curve.number == chosen
                ink.setAlpha(255 if strong or chosen is None else FAINT)
                line.setPen(pg.mkPen(ink, width=STRONG if strong else WIDTH))
                line.setZValue(1 if strong else 0)
                line.setData(curve.x, curve.y)
        self.stage.legend.emphasise(next((i for i, curve in enumerate(shown.curves) if curve.number == chosen), -1))

    def _compare(self, shown: Curves) -> None:
        """Draw what no knowledge at all would give."""
        raise NotImplementedError

    def point(self, found: Scores, place: QPointF | None) -> None:
        shown, before = self._curves(found), self.read
        self.read = self._nearest(shown, self.stage.place(place))
        if self.read != before:
            self._draw_lines(found)
            self._compare(shown)
        if self.read is None:
            self.spot.clear()
            name = self.measure if len(shown.curves) == 1 else f"mean {self.measure}"
            readings = [Reading(numbers.fixed(shown.mean, 4), name, widest="0.0000")]
            if len(shown.curves) == CURVES < len(found.names):
                readings.insert(0, Reading(f"{CURVES} lowest of {len(found.names)}", spare=True))
            self.stage.caption.say(judged(found.part, found.count, found.total), readings,
                                   short=sized(found.count, found.total))
            return
        curve, corner = self.read
        x, y, threshold = curve.x[corner], curve.y[corner], float(curve.thresholds[corner])
        self.spot.setData(x=[x], y=[y], size=SPOT, pen=pg.mkPen(self.stage.tokens.text, width=1.5),
                          brush=pg.mkBrush(self.colour(found, curve)))
        said = f"≥ {numbers.fixed(threshold, 3)}" if np.isfinite(threshold) else "above all"
        self.stage.caption.say(found.names[curve.number], (
            Reading(said, "threshold", widest="≥ 0.000"),
            *(Reading(numbers.share(float(value)), name, widest="100.0 %")
              for name, value in zip(self.readings, (x, y), strict=True))))

    def _nearest(self, shown: Curves, there: QPointF | None) -> tuple[Curve, int] | None:
        if there is None:
            return None
        wide, tall = self.stage.pixel()
        best: tuple[float, Curve, int] | None = None
        for curve in shown.curves:
            far = np.hypot((curve.x - there.x()) / wide, (curve.y - there.y()) / tall)
            corner = int(far.argmin())
            if best is None or far[corner] < best[0]:
                best = float(far[corner]), curve, corner
        return None if best is None or best[0] > NEAR else best[1:]

    def table(self, found: Scores) -> Cells:
        rows: list[list[float | str]] = [
            [found.names[curve.number], float(t), float(x), float(y)] for curve in self._curves(found).curves
            for t, x, y in zip(curve.thresholds, curve.x, curve.y, strict=True)]
        return ["class", "threshold", *self.axes], rows

    @staticmethod
    def _curves(found: Scores) -> Curves:
        assert isinstance(found.shown, Curves)
        return found.shown


class RocView(CurvesView):
    """How much is found of a class against how much else is taken for it."""

    axes = ("false positive rate", "true positive rate")
    measure = "AUC"
    readings = ("FPR", "TPR")

    def _compare(self, shown: Curves) -> None:
        self.chance.setData(np.array([0.0, 1.0]), np.array([0.0, 1.0]))


class PrecisionRecallView(CurvesView):
    """How much of what is found belongs to a class, against how much of it is found."""

    axes = ("recall", "precision")
    measure = "average precision"
    readings = ("recall", "precision")

    def _compare(self, shown: Curves) -> None:
        """The share of the class: of one that is read, or the only one."""
        curve = self.read[0] if self.read is not None else shown.curves[0] if len(shown.curves) == 1 else None
        self.chance.setVisible(curve is not None)
        if curve is not None:
            self.chance.setData(np.array([0.0, 1.0]), np.full(2, curve.share))
