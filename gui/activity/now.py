"""All layers at the present moment, side by side."""
from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF

from core.train.probes.activity import Activity, Spread
from gui.activity.view import View
from gui.activity.words import AXES, many, numbered, power, written
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Reading
from gui.plots.strips import Strips
from gui.plots.view import Place, Row
from gui.theme.tokens import Tokens

# Pixels that a title needs below its strip.
LEGIBLE = 46.0


class NowView(View):
    """A histogram for every layer, from the input to the output."""

    probe = "activity"

    def build(self) -> None:
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.strips = Strips()
        self.plot.addItem(self.strips)

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        self.strips.restyle(tokens)

    def arrange(self, found: Activity | None) -> None:
        self.board.fit(self.plot)
        if found is not None:
            self._name(found)

    def draw(self, found: Activity) -> None:
        nodes = found.nodes
        marks = [_mark(spread, found.log) for spread in found.spreads]
        amber = frozenset(i for i, node in enumerate(nodes) if node in self.ill)
        if self.left.labelText != AXES[found.what]:
            name_axis(self.left, AXES[found.what], self.tokens)
        if self.left.log != found.log:
            self.left.write = power if found.log else None
            self.left.set_log(found.log)
        self.strips.draw(found.edges, [spread.counts for spread in found.spreads], marks, amber,
                         nodes.index(self.chosen) if self.chosen in nodes else None)
        low, high = float(found.edges[0]), float(found.edges[-1])
        look_at(self.plot, QRectF(0.0, low, float(len(nodes)), high - low))
        self.arrange(found)

    def _name(self, found: Activity) -> None:
        """Titles below the strips, or numbers where there is no room for titles."""
        narrow = self.board.inside < LEGIBLE * len(found.nodes)
        names = [str(number) if narrow else self.name(node)
                 for number, node in zip(found.numbers, found.nodes, strict=True)]
        self.bottom.set_cells([(i + 0.5, name) for i, name in enumerate(names)], widest=88.0)

    def point(self, found: Activity, place: Place) -> None:
        there = place_in(self.plot, place)
        number = None if there is None else self.strips.at(there)
        if number is None:
            number = self.strips.chosen
        if number is None or number >= len(found.spreads):
            self.caption.say(many(len(found.spreads), found.samples))
            return
        spread = found.spreads[number]
        self.caption.say(numbered(found.numbers[number], self.name(spread.node)), (
            Reading(f"{written(spread.mean)} ± {written(spread.deviation)}", "mean ± spread"),
            Reading(f"{numbers.share(spread.zeros)} zeros", spare=True)))

    def node(self, found: Activity, place: QPointF) -> str | None:
        there = place_in(self.plot, place)
        number = None if there is None else self.strips.at(there)
        return None if number is None else found.spreads[number].node

    def table(self, found: Activity) -> tuple[list[str], list[Row]]:
        bins = [f"from {10**edge if found.log else edge:.6g}" for edge in found.edges[:-1]]
        rows: list[Row] = [[s.node, s.mean, s.deviation, s.zeros, s.size, *map(int, s.counts)] for s in found.spreads]
        return ["layer", "mean", "standard deviation", "share of zeros", "numbers", *bins], rows


def _mark(spread: Spread, log: bool) -> float:
    """The mean, where the axis is linear."""
    return math.nan if log else spread.mean
