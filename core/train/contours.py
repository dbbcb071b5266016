"""Contour lines of a map, and bands between them."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Span = tuple[float, float]

# About so many lines cross the range of the values.
MOST = 8
# Which two of the edges (bottom, right, top, left) of a cell a line connects, by which corners (1 bottom left, 2 bottom
# right, 4 top right, 8 top left) lie above it. Two opposite corners above give two lines.
EDGES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """The line on which a map has one value: pieces (n, 2, 2) float64 from (x, y) to (x, y)."""

    level: float
    pieces: np.ndarray


def levels(low: float, high: float, most: int = MOST) -> tuple[float, ...]:
    """Round numbers strictly between two numbers, at equal distances of 1, 2 or 5 times a power of ten."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return ()
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(s * power for s in (1.0, 2.0, 5.0, 10.0, 20.0) if s * power * most >= (high - low) * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9) + 1, math.ceil(high / step - 1e-9) - 1
    return tuple(number * step for number in range(first, last + 1))


def lines(values: np.ndarray, x: Span, y: Span, at: Sequence[float]) -> tuple[Contour, ...]:
    """Contour lines of values (rows, columns) at the centres of equal cells between the edges x and y.

    Marching squares (Lorensen and Cline 1987, in the plane), straight between the centres; at the rim of the map the
    values go on level. There is no line where a value is not finite.
    """
    padded = np.pad(values.astype(np.float64), 1, mode="edge")
    across, up = (_places(*span, count) for span, count in ((x, values.shape[1]), (y, values.shape[0])))
    return tuple(Contour(level, _pieces(padded, across, up, level)) for level in at)


def banded(values: np.ndarray, limits: Span, at: Sequence[float]) -> np.ndarray:
    """Each value as the middle of its band; the borders of the bands are `limits` and the levels `at`, ascending, each
    of which belongs to the band below it."""
    borders = np.array([limits[0], *at, limits[1]])
    middles = ((borders[:-1] + borders[1:]) / 2).astype(np.float32)
    band: np.ndarray = middles[np.searchsorted(borders[1:-1], values)]
    return np.where(np.isnan(values), np.float32(np.nan), band)


def _places(low: float, high: float, count: int) -> np.ndarray:
    """The centres of the cells, and before and behind them the edges."""
    return np.concatenate([[low], low + (np.arange(count) + 0.5) / count * (high - low), [high]])


def _pieces(values: np.ndarray, across: np.ndarray, up: np.ndarray, level: float) -> np.ndarray:
    above = (values > level).view(np.uint8)
    case = above[:-1, :-1] | above[:-1, 1:] << 1 | above[1:, 1:] << 2 | above[1:, :-1] << 3
    rows, columns = np.nonzero((case != 0) & (case != 15))
    corners = values[rows, columns], values[rows, columns + 1], values[rows + 1, columns + 1], values[rows + 1, columns]
    whole = np.isfinite(np.stack(corners)).all(axis=0)
    rows, columns = rows[whole], columns[whole]
    a, b, c, d = (corner[whole] for corner in corners)
    left, right, bottom, top = across[columns], across[columns + 1], up[rows], up[rows + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = left + (level - a) / (b - a) * (right - left), left + (level - d) / (c - d) * (right - left)
        east, west = bottom + (level - b) / (c - b) * (top - bottom), bottom + (level - a) / (d - a) * (top - bottom)
    crossing = (low, bottom), (right, east), (high, top), (left, west)
    kinds, found = case[rows, columns], []
    for kind, pairs in EDGES.items():
        mine = kinds == kind
        if mine.any():
            found += [np.stack([np.stack([crossing[edge][0][mine], crossing[edge][1][mine]], axis=1) for edge in pair],
                               axis=1) for pair in pairs]
    return np.concatenate(found) if found else np.empty((0, 2, 2))
