"""How the numbers of one layer were distributed, moment by moment."""
from __future__ import annotations

from core.train.probes.activity_history import ActivityHistory
from gui.activity.view import View
from gui.activity.words import AXES, numbered, power, written
from gui.plots.ridge_view import RidgeView
from gui.plots.view import Row


class HistoryView(RidgeView, View):
    """Of the activations, the gradients or the updates."""

    probe = "activity_history"

    def draw(self, found: ActivityHistory) -> None:
        super().draw(found)
        if self.bottom.log != found.log:
            self.bottom.write = power if found.log else None
            self.bottom.set_log(found.log)

    def title(self, found: ActivityHistory) -> str:
        return numbered(found.numbers[found.nodes.index(found.node)], self.name(found.node))

    def extent(self, found: ActivityHistory) -> str:
        return f"{found.what}, {found.samples:,} samples"

    def measure(self, found: ActivityHistory) -> str:
        return AXES[found.what]

    def edge(self, found: ActivityHistory, place: int) -> str:
        return written(10 ** float(found.edges[place])) if found.log else super().edge(found, place)

    def table(self, found: ActivityHistory) -> tuple[list[str], list[Row]]:
        edges = [10**edge if found.log else edge for edge in found.edges[:-1]]
        rows: list[Row] = [[step, epoch, size, *map(int, line)] for step, epoch, size, line in
                           zip(found.steps, found.epochs, found.sizes, found.counts, strict=True)]
        return ["step", "epoch", "root mean square", *(f"from {edge:.9g}" for edge in edges)], rows
