"""All lines as one table, an epoch a row."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.train.series import EPOCHS, Series
from gui.curves.measured import Measured
from gui.curves.quantity import Quantity
from gui.curves.runs import Run
from gui.plots.chart import Chart
from gui.plots.live_curve import Floats
from gui.plots.smooth_curve import SmoothCurve

# A name, epochs, values.
Line = tuple[str, Floats, Floats]
Lines = list[Line]
Cells = list[list[float | str]]


def whole_table(series: Series, count: int, drawn: Sequence[tuple[Quantity, Chart]], measured: Measured,
                runs: Sequence[Run]) -> tuple[list[str], Cells]:
    """The first epochs of a run with all lines that are drawn: its metrics, averages, and those of earlier runs."""
    rows, lines = series.since(0)[:count], list[Line]()
    for quantity, chart in drawn:
        own = [(f"{quantity.title} {part}", columns["epoch"], columns["value"])
               for part, columns in measured.lines(quantity)]
        lines += own
        columns = () if quantity.metric else quantity.columns
        lines += averages_of(own or [(name, rows[:, 0], rows[:, EPOCHS.index(name)]) for name in columns], chart.smooth)
        for run in runs:
            lines += [(f"{name} ({run.label})", run.past.column("epoch"), run.past.column(name)) for name in columns]
    return table_of(series.names, rows, lines)


def averages_of(lines: Lines, smooth: Sequence[SmoothCurve]) -> Lines:
    """The moving averages of lines, in their order, as they are drawn; none of a line without numbers, and none
    without smoothing."""
    found = [(f"{name} (smoothed {curve.weight:.2f})", epochs[curve.rows()], curve.points()[1])
             for (name, epochs, _), curve in zip(lines, smooth, strict=False) if curve.weight]
    return [line for line in found if np.isfinite(line[2]).any()]


def table_of(names: Sequence[str], rows: Floats, lines: Lines) -> tuple[list[str], Cells]:
    """Rows of the present run, whose first column is the epoch, with columns for other lines: a name, epochs, values.

    What one of them has no value for stays empty."""
    found: dict[float, list[float | str]] = {row[0]: [*row, *[""] * len(lines)] for row in rows.tolist()}
    for place, (_, epochs, values) in enumerate(lines, len(names)):
        for epoch, value in zip(epochs.tolist(), values.tolist(), strict=True):
            blank: list[float | str] = [epoch, *[""] * (len(names) + len(lines) - 1)]
            found.setdefault(epoch, blank)[place] = value
    return _unlike([*names, *(name for name, _, _ in lines)]), [found[epoch] for epoch in sorted(found)]


def _unlike(names: Sequence[str]) -> list[str]:
    """Names of columns of which the second, third of the same name has its number."""
    found: list[str] = []
    for name in names:
        numbered = (f"{name} {number}" for number in range(2, len(names) + 2))
        found.append(name if name not in found else next(one for one in numbered if one not in found))
    return found
