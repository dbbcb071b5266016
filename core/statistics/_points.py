"""Rows as points in the plane of two columns."""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.preprocessing import Column
from core.statistics._choose import evenly
from core.statistics._summary import seconds

MOST = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """rows (k,): which rows of the data the points x, y (k,) float64 are; on a logarithmic axis a value is its power
    of ten. `total` is how many rows there are, `left_out` how many of those that were looked at have no place."""

    rows: np.ndarray
    x: np.ndarray
    y: np.ndarray
    total: int
    left_out: int

    def nearest(self, x: float, y: float, width: float, height: float) -> int | None:
        """Which point lies nearest to a place, within a distance of `width` and `height`; None if none does."""
        if not len(self.rows) or not (width > 0 and height > 0):
            return None
        far = ((self.x - x) / width) ** 2 + ((self.y - y) / height) ** 2
        best = int(far.argmin())
        return best if far[best] <= 1.0 else None

    def limits(self) -> tuple[float, float, float, float] | None:
        """Lowest and highest x, lowest and highest y; None without points."""
        if not len(self.rows):
            return None
        return float(self.x.min()), float(self.x.max()), float(self.y.min()), float(self.y.max())


def points(x: Column, y: Column, most: int = MOST, *, log_x: bool = False, log_y: bool = False) -> Points:
    """The rows, evenly thinned to `most`, at the places that columns of single values give them.

    A category counts as its place among the categories, a date in seconds since 1970.
    """
    rows = evenly(len(x), most)
    places = [_placed(column, rows, log) for column, log in ((x, log_x), (y, log_y))]
    there = np.isfinite(places[0]) & np.isfinite(places[1])
    return Points(rows[there], places[0][there], places[1][there], len(x), int(len(rows) - there.sum()))


def _placed(column: Column, rows: np.ndarray, log: bool) -> np.ndarray:
    values = seconds(column.values[rows]).astype(np.float64)
    if column.spec.kind == "category":
        values[values < 0] = math.nan
    if log:
        values[~(values > 0)] = math.nan
        return np.asarray(np.log10(values))
    return values
