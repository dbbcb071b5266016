"""How the weights of an array are spread, moment by moment."""
from __future__ import annotations

from collections.abc import Sequence

from core.train.probes.weight_history import WeightHistory
from gui.plots import numbers
from gui.plots.ridge_view import RidgeView
from gui.plots.view import Row
from gui.weights.view import View


class HistoryView(RidgeView, View):
    """Of one array of a node."""

    probe = "weight_history"

    def title(self, found: WeightHistory) -> str:
        return f"{self.name(found.node)} {found.name}"

    def extent(self, found: WeightHistory) -> str:
        return f"{numbers.count(found.total)} weights"

    def measure(self, found: WeightHistory) -> str:
        return "weight"

    def choices(self, found: WeightHistory) -> tuple[Sequence[str], int]:
        return found.names, 1

    def unfinished(self, found: WeightHistory) -> bool:
        return found.pending > 0

    def table(self, found: WeightHistory) -> tuple[list[str], list[Row]]:
        names = ["step", "epoch", *(f"from {edge:.9g}" for edge in found.edges[:-1])]
        rows: list[Row] = [[step, epoch, *map(int, line)] for step, epoch, line in
                           zip(found.steps, found.epochs, found.counts, strict=True)]
        return names, rows
