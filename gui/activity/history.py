"""How the numbers of one layer were distributed, moment by moment."""
from __future__ import annotations

from collections.abc import Collection

from core.train.probes.activity_history import ActivityHistory
from gui.activity.view import Place, Row, View
from gui.activity.words import AXES, numbered, written
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Reading
from gui.plots.ridge import Ridge, RidgeAxis
from gui.plots.times import times_of
from gui.plots.zoom import Zoom
from gui.theme.tokens import Tokens


class HistoryView(View):
    """A histogram for every moment that was kept, the newest in front."""

    probe = "activity_history"

    def build(self) -> None:
        self.ridge = Ridge()
        self.left, self.bottom = RidgeAxis(self.ridge), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.setLabel("left", "epoch")
        self.plot.addItem(self.ridge)
        self.zoom = Zoom(self.plot)

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)
        self.ridge.restyle(tokens)

    def draw(self, found: ActivityHistory, chosen: str, ill: Collection[str]) -> None:
        unit, times = times_of(found)
        self.ridge.draw(found.edges, found.counts, [numbers.short(time) for time in times])
        for axis, word in ((self.left, unit), (self.bottom, AXES[found.what])):
            if axis.labelText != word:
                name_axis(axis, word, self.tokens)
        if self.bottom.log != found.log:
            self.bottom.set_log(found.log)
        self.zoom.show(self.ridge.area)
        self.left.retell()

    def point(self, found: ActivityHistory, place: Place) -> None:
        there = place_in(self.plot, place)
        cell = None if there is None else self.ridge.at(there)
        self.ridge.point(cell)
        name = numbered(found.numbers[found.nodes.index(found.node)], self.name(found.node))
        if cell is None:
            told = f"{found.pending} moments to come" if found.pending else f"{len(found.steps)} moments"
            self.caption.say(f"{name}, {found.what}, {found.samples:,} samples", (Reading(told, spare=True),))
            return
        moment, column = cell
        unit, times = times_of(found)
        low, high = (_edge(found, column + i) for i in (0, 1))
        self.caption.say(f"{name}, {unit} {numbers.count(times[moment])}",
                         (Reading(f"{numbers.count(found.counts[moment, column])} from {low} to {high}"),))

    def table(self, found: ActivityHistory) -> tuple[list[str], list[Row]]:
        edges = [10**edge if found.log else edge for edge in found.edges[:-1]]
        rows: list[Row] = [[step, epoch, size, *map(int, line)] for step, epoch, size, line in
                           zip(found.steps, found.epochs, found.sizes, found.counts, strict=True)]
        return ["step", "epoch", "root mean square", *(f"from {edge:.9g}" for edge in edges)], rows


def _edge(found: ActivityHistory, place: int) -> str:
    edge, width = float(found.edges[place]), float(found.edges[1] - found.edges[0])
    return written(10**edge) if found.log else numbers.fixed(edge, min(4, numbers.places(width)))
