"""All lines as one table, an epoch a row."""
from __future__ import annotations

from collections.abc import Sequence

from gui.plots.live_curve import Floats

Lines = list[tuple[str, Floats, Floats]]
Cells = list[list[float | str]]


def table_of(names: Sequence[str], rows: Floats, lines: Lines) -> tuple[list[str], Cells]:
    """Rows of the present run, whose first column is the epoch, with columns for other lines: a name, epochs, values.

    What one of them has no value for stays empty."""
    found: dict[float, list[float | str]] = {row[0]: [*row, *[""] * len(lines)] for row in rows.tolist()}
    for place, (_, epochs, values) in enumerate(lines, len(names)):
        for epoch, value in zip(epochs.tolist(), values.tolist(), strict=True):
            blank: list[float | str] = [epoch, *[""] * (len(names) + len(lines) - 1)]
            found.setdefault(epoch, blank)[place] = value
    return [*names, *(name for name, _, _ in lines)], [found[epoch] for epoch in sorted(found)]
