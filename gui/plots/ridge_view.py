"""How numbers were spread, moment by moment: a ridge, its axes, and what the pointer reads there."""
from __future__ import annotations

from typing import Any

from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Reading
from gui.plots.ridge import Ridge, RidgeAxis
from gui.plots.times import moments_of, times_of
from gui.plots.view import Place, View
from gui.plots.zoom import Zoom
from gui.theme.tokens import Tokens


class RidgeView(View):
    """A histogram for every moment that was kept, the newest in front."""

    zoom: Zoom

    def build(self) -> None:
        self.ridge = Ridge()
        self.left, self.bottom = RidgeAxis(self.ridge), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.setLabel("left", "epoch")
        self.plot.addItem(self.ridge)
        self.zoom = Zoom(self.plot)

    def title(self, found: Any) -> str:
        """Whose numbers these are."""
        raise NotImplementedError

    def extent(self, found: Any) -> str:
        """How many numbers these are, and of which kind."""
        raise NotImplementedError

    def measure(self, found: Any) -> str:
        """What the axis below them stands for."""
        raise NotImplementedError

    def edge(self, found: Any, place: int) -> str:
        """Where bin `place` begins."""
        width = float(found.edges[1] - found.edges[0])
        return numbers.fixed(float(found.edges[place]), min(4, numbers.places(width)))

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)
        self.ridge.restyle(tokens)

    def arrange(self, found: Any) -> None:
        self.board.fit(self.plot)

    def draw(self, found: Any) -> None:
        unit, times = times_of(found)
        self.ridge.draw(found.edges, found.counts, [numbers.short(time) for time in times])
        for axis, word in ((self.left, unit), (self.bottom, self.measure(found))):
            if axis.labelText != word:
                name_axis(axis, word, self.tokens)
        self.zoom.show(self.ridge.area)
        self.left.retell()
        # Other labels may need more room.
        self.arrange(found)

    def point(self, found: Any, place: Place) -> None:
        there = place_in(self.plot, place)
        cell = None if there is None else self.ridge.at(there)
        self.ridge.point(cell)
        if cell is None:
            self.caption.say(f"{self.title(found)}, {self.extent(found)}", (Reading(moments_of(found), spare=True),))
            return
        moment, column = cell
        unit, times = times_of(found)
        count, low, high = found.counts[moment, column], self.edge(found, column), self.edge(found, column + 1)
        time = f"{unit} {numbers.count(times[moment])}"
        # The moment is what the pointer has chosen; the node stays the same.
        self.caption.say(f"{self.title(found)}, {time}",
                         (Reading(f"{numbers.count(count)} from {low} to {high}"),), short=time)
