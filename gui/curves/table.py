"""All lines as one table, an epoch a row."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gui.plots.live_curve import Floats
from gui.plots.smooth_curve import SmoothCurve

# A name, epochs, values.
Line = tuple[str, Floats, Floats]
Lines = list[Line]
Cells = list[list[float | str]]


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
    return [*names, *(name for name, _, _ in lines)], [found[epoch] for epoch in sorted(found)]
