"""How the weights of an array are spread, moment by moment."""
from __future__ import annotations

from collections.abc import Sequence

from core.train.probes.weight_history import WeightHistory
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import name_axis, place_in, quiet_plot
from gui.plots.caption import Reading
from gui.plots.ridge import Ridge, RidgeAxis
from gui.plots.times import times_of
from gui.plots.zoom import Zoom
from gui.theme.tokens import Tokens
from gui.weights.view import Place, Row, View


class HistoryView(View):
    """A histogram for every moment that was kept, the newest in front."""

    probe = "weight_history"

    def build(self) -> None:
        self.ridge = Ridge()
        self.left = RidgeAxis(self.ridge)
        self.plot = quiet_plot(self.left, Axis("bottom"))
        self.plot.setLabel("bottom", "weight")
        self.plot.setLabel("left", "epoch")
        self.plot.addItem(self.ridge)
        self.zoom = Zoom(self.plot)

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        self.ridge.restyle(tokens)

    def arrange(self) -> None:
        self.board.fit(self.plot)

    def draw(self, found: WeightHistory) -> None:
        unit, times = times_of(found)
        self.ridge.draw(found.edges, found.counts, [numbers.short(time) for time in times])
        if self.left.labelText != unit:
            name_axis(self.left, unit, self.tokens)
        assert self.zoom is not None
        self.zoom.show(self.ridge.area)
        self.left.retell()

    def choices(self, found: WeightHistory) -> tuple[Sequence[str], int]:
        return found.names, 1

    def unfinished(self, found: WeightHistory) -> bool:
        return found.pending > 0

    def point(self, found: WeightHistory, place: Place) -> None:
        there = place_in(self.plot, place)
        cell = None if there is None else self.ridge.at(there)
        self.ridge.point(cell)
        title = f"{self.name(found.node)} {found.name}"
        if cell is None:
            self.caption.say(f"{title}, {numbers.count(found.total)} weights", (Reading(_pending(found), spare=True),))
            return
        moment, column = cell
        unit, times = times_of(found)
        low, high = (_edge(found, column + i) for i in (0, 1))
        self.caption.say(f"{title}, {unit} {numbers.count(times[moment])}",
                         (Reading(f"{numbers.count(found.counts[moment, column])} from {low} to {high}"),))

    def table(self, found: WeightHistory) -> tuple[list[str], list[Row]]:
        names = ["step", "epoch", *(f"from {edge:.9g}" for edge in found.edges[:-1])]
        rows: list[Row] = [[step, epoch, *map(int, line)] for step, epoch, line in
                           zip(found.steps, found.epochs, found.counts, strict=True)]
        return names, rows


def _edge(found: WeightHistory, place: int) -> str:
    width = float(found.edges[1] - found.edges[0])
    return numbers.fixed(float(found.edges[place]), min(4, numbers.places(width)))


def _pending(found: WeightHistory) -> str:
    return f"{found.pending} moments to come" if found.pending else f"{len(found.steps)} moments"
