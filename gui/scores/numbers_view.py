"""What predictions of numbers miss: prediction against truth, residuals, and their histogram."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from core.train.probes.scores import Misses, Scores
from gui.plots import numbers
from gui.plots.caption import Reading
from gui.plots.dots import Dots
from gui.scores.stage import Cells, Stage, View, dashed
from gui.scores.words import judged, sized

MARGIN = 0.04
MANY, SMALL, LARGE = 300, 5, 7
ALPHA = 150
NEAR = 30.0


class MissesView(View):
    """What all three share."""

    def point(self, found: Scores, place: QPointF | None) -> None:
        there = self.stage.place(place)
        said = None if there is None else self.read(found, there)
        self.stage.caption.say(*(said or (judged(found.part, found.count, found.total), _measures(found))),
                               short="" if said else sized(found.count, found.total))

    def read(self, found: Scores, there: QPointF) -> tuple[str, tuple[Reading, ...]] | None:
        """What is at a place of the plot, or None."""
        raise NotImplementedError

    @staticmethod
    def _shown(found: Scores) -> Misses:
        assert isinstance(found.shown, Misses)
        return found.shown


class ScatterView(MissesView):
    """A dot for each sample, and a line where all would lie if nothing were missed."""

    columns = ("", "")

    def __init__(self, stage: Stage):
        self.ideal, self.dots = pg.PlotCurveItem(antialias=True), Dots()
        super().__init__(stage, (self.ideal, self.dots))

    def draw(self, found: Scores) -> None:
        tokens = self.stage.tokens
        x, y = self.places(found)
        name = found.names[found.target]
        self.stage.name(*(column.format(name) for column in self.columns))
        self.stage.legend.say((), tokens)
        self.stage.look_at(self.area(found))
        self.ideal.setPen(dashed(tokens))
        self.ideal.setData(*self.line(found))
        ink = QColor(tokens.accent_ink)
        ink.setAlpha(ALPHA)
        self.dots.setData(x=x, y=y, size=SMALL if len(x) > MANY else LARGE, brush=pg.mkBrush(ink),
                          pen=pg.mkPen(tokens.plot, width=0.5))

    def places(self, found: Scores) -> tuple[np.ndarray, np.ndarray]:
        """Where the samples that are drawn lie."""
        raise NotImplementedError

    def area(self, found: Scores) -> QRectF:
        """What is to be seen."""
        raise NotImplementedError

    def line(self, found: Scores) -> tuple[np.ndarray, np.ndarray]:
        """The two ends of the line."""
        raise NotImplementedError

    def read(self, found: Scores, there: QPointF) -> tuple[str, tuple[Reading, ...]] | None:
        wide, tall = self.stage.pixel()
        x, y = self.places(found)
        far = np.hypot((x - there.x()) / wide, (y - there.y()) / tall)
        if far.min() > NEAR:
            return None
        shown = self._shown(found)
        misses, sample = shown.found, shown.drawn[int(far.argmin())]
        values = misses.truth[sample], misses.predicted[sample], misses.residual[sample]
        places = _places(misses.truth)
        said, true, missed = (numbers.fixed(float(values[i]), places) for i in (1, 0, 2))
        return f"predicted {said}", (Reading(true, "true"), Reading(missed, "residual"))

    def table(self, found: Scores) -> Cells:
        misses = self._shown(found).found
        return ["true", "predicted", "residual"], np.stack([misses.truth, misses.predicted, misses.residual],
                                                           axis=1).tolist()


class PredictedView(ScatterView):
    """Prediction against truth."""

    square = True
    columns = ("true {}", "predicted {}")

    def places(self, found: Scores) -> tuple[np.ndarray, np.ndarray]:
        shown = self._shown(found)
        return shown.found.truth[shown.drawn], shown.found.predicted[shown.drawn]

    def area(self, found: Scores) -> QRectF:
        # Both axes alike, or the diagonal would not be one.
        low, high = self._range(found)
        return QRectF(low, low, high - low, high - low)

    def line(self, found: Scores) -> tuple[np.ndarray, np.ndarray]:
        ends = np.array(self._range(found))
        return ends, ends

    def _range(self, found: Scores) -> tuple[float, float]:
        misses = self._shown(found).found
        return _around(np.concatenate([misses.truth, misses.predicted]))


class ResidualsView(ScatterView):
    """What is missed against what is predicted: a pattern in it is something that could still be learned."""

    columns = ("predicted {}", "residual (true − predicted)")

    def places(self, found: Scores) -> tuple[np.ndarray, np.ndarray]:
        shown = self._shown(found)
        return shown.found.predicted[shown.drawn], shown.found.residual[shown.drawn]

    def area(self, found: Scores) -> QRectF:
        misses = self._shown(found).found
        left, right = _around(misses.predicted)
        high = float(misses.edges[-1]) * (1 + 2 * MARGIN)
        return QRectF(left, -high, right - left, 2 * high)

    def line(self, found: Scores) -> tuple[np.ndarray, np.ndarray]:
        return np.array(_around(self._shown(found).found.predicted)), np.zeros(2)


class HistogramView(MissesView):
    """How often so much is missed."""

    def __init__(self, stage: Stage):
        self.bars = pg.BarGraphItem(x=[], height=[], width=1.0)
        self.zero = pg.InfiniteLine(pos=0.0, angle=90)
        super().__init__(stage, (self.bars, self.zero))

    def draw(self, found: Scores) -> None:
        tokens, misses = self.stage.tokens, self._shown(found).found
        self.stage.name(f"residual of {found.names[found.target]} (true − predicted)", "samples")
        self.stage.legend.say((), tokens)
        edges, tallest = misses.edges, numbers.limit(float(misses.counts.max()))
        self.stage.look_at(QRectF(edges[0], 0.0, edges[-1] - edges[0], tallest))
        self.bars.setOpts(x=(edges[1:] + edges[:-1]) / 2, height=misses.counts, y0=0.0,
                          width=0.92 * (edges[1] - edges[0]), pen=pg.mkPen(None), brush=pg.mkBrush(tokens.accent))
        self.zero.setPen(dashed(tokens))

    def read(self, found: Scores, there: QPointF) -> tuple[str, tuple[Reading, ...]] | None:
        misses = self._shown(found).found
        number = int(np.searchsorted(misses.edges, there.x())) - 1
        if not 0 <= number < len(misses.counts):
            return None
        places = _places(misses.residual)
        low, high = (numbers.fixed(float(edge), places) for edge in misses.edges[number : number + 2])
        return f"{low} to {high}", (Reading(numbers.count(int(misses.counts[number])), "samples"),)

    def table(self, found: Scores) -> Cells:
        misses = self._shown(found).found
        rows: list[list[float | str]] = [[float(low), float(high), int(count)] for low, high, count in
                                         zip(misses.edges[:-1], misses.edges[1:], misses.counts, strict=True)]
        return ["from", "to", "samples"], rows


def _measures(found: Scores) -> tuple[Reading, ...]:
    assert isinstance(found.shown, Misses)
    misses = found.shown.found
    return (Reading(numbers.fixed(misses.r2, 3), "R²", widest="−0.000"),
            Reading(numbers.measured(misses.mae), "MAE", widest="00.0000", spare=True),
            Reading(numbers.measured(misses.rmse), "RMSE", widest="00.0000", spare=True))


def _around(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = MARGIN * (high - low) or abs(low) or 1.0
    return low - room, high + room


def _places(values: np.ndarray) -> int:
    """Digits behind the point for numbers of such a range."""
    widest = float(np.ptp(values)) or abs(float(values[0])) or 1.0
    return int(np.clip(2 - np.floor(np.log10(widest)), 0, 6))
