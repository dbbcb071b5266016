"""One number of every layer over the course of the run."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from core.train.probes.activity_trend import ActivityTrend
from gui.activity.view import View
from gui.activity.words import TRENDS, many, numbered, power, written
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Reading
from gui.plots.legend import Entry, Legend
from gui.plots.lines import Lines
from gui.plots.times import TimeAxis, moments_of, times_of
from gui.plots.view import Place, Row
from gui.theme.tokens import Tokens

# A little beyond the ends, so that the dots are whole.
BESIDE = 0.02
# In a narrower panel the lines need the room of the legend.
WIDE = 420


class TrendView(View):
    """A line for every layer, from the first to the last; sizes on a logarithmic scale, shares in per cent."""

    probe = "activity_trend"
    beside: Legend

    def build(self) -> None:
        self.left, self.bottom = Axis("left", write=self._tick), TimeAxis()
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.setLabel("bottom", "epoch")
        self.lines = Lines()
        self.plot.addItem(self.lines)

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        self.lines.restyle(tokens)

    def arrange(self, found: ActivityTrend | None) -> None:
        wide = self.board.width() >= WIDE
        if self.beside.isVisible() != wide:
            self.beside.setVisible(wide)
            self.beside.take_room()
        self.board.fit(self.plot, self.beside if wide else None)

    def draw(self, found: ActivityTrend) -> None:
        unit, times = times_of(found)
        values = _placed(found)
        low, high = (0.0, 100.0) if found.what == "flat" else _decades(values)
        last = max(1.0, float(len(times) - 1))
        high_room, wide_room = BESIDE * (high - low), BESIDE * last
        area = QRectF(-wide_room, low - high_room, last + 2 * wide_room, high - low + 2 * high_room)
        self.lines.draw(values, area, found.nodes.index(self.chosen) if self.chosen in found.nodes else None)
        for axis, word in ((self.left, TRENDS[found.what]), (self.bottom, unit)):
            if axis.labelText != word:
                name_axis(axis, word, self.tokens)
        if self.left.log != (found.what != "flat"):
            self.left.set_log(found.what != "flat")
        self.bottom.tell(times)
        look_at(self.plot, area)
        self._list(found)
        self.arrange(found)

    def point(self, found: ActivityTrend, place: Place) -> None:
        cell = self._at(place)
        self.lines.point(cell)
        chosen = self.lines.chosen
        self.beside.emphasise(cell[0] if cell is not None else -1 if chosen is None else chosen)
        line, moment = cell if cell is not None else (chosen, -1)
        if line is None:
            self.caption.say(many(len(found.nodes), found.samples), (Reading(moments_of(found), spare=True),))
            return
        unit, times = times_of(found)
        name, time = self._called(found, line), numbers.count(times[moment])
        self.caption.say(f"{name}, {unit} {time}", (Reading(_said(found, line, moment)),), short=f"{name}, {time}")

    def node(self, found: ActivityTrend, place: QPointF) -> str | None:
        cell = self._at(place)
        return None if cell is None else found.nodes[cell[0]]

    def table(self, found: ActivityTrend) -> tuple[list[str], list[Row]]:
        rows: list[Row] = [[step, epoch, *map(float, line)] for step, epoch, line in
                           zip(found.steps, found.epochs, found.values.T, strict=True)]
        return ["step", "epoch", *found.nodes], rows

    def _tick(self, value: float) -> str:
        return power(value) if self.left.log else numbers.fixed(value, 0)

    def _at(self, place: Place) -> tuple[int, int] | None:
        there = place_in(self.plot, place)
        return None if there is None else self.lines.at(there)

    def _list(self, found: ActivityTrend) -> None:
        self.beside.say([Entry(colour, self._called(found, line), _said(found, line, -1))
                         for line, colour in enumerate(self.lines.colours)], self.tokens)

    def _called(self, found: ActivityTrend, line: int) -> str:
        return numbered(found.numbers[line], self.name(found.nodes[line]))


def _placed(found: ActivityTrend) -> np.ndarray:
    """Where the values are on the axis (lines, moments)."""
    if found.what == "flat":
        return 100.0 * found.values
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(found.values > 0.0, np.log10(found.values), np.nan)


def _decades(values: np.ndarray) -> tuple[float, float]:
    """Whole powers of ten around all values."""
    there = values[np.isfinite(values)]
    if not len(there):
        return -1.0, 0.0
    low, high = float(np.floor(there.min())), float(np.ceil(there.max()))
    return low, max(high, low + 1.0)


def _said(found: ActivityTrend, line: int, moment: int) -> str:
    value = float(found.values[line, moment])
    return numbers.share(value) if found.what == "flat" else written(value)
