"""Histograms that are counted finely and kept, to be brought onto the same bins as others later."""
from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.layers import Array

Counts = np.ndarray
FINE = 1024
# Where all numbers are the same, bins are that narrow, by the power of two.
NARROWEST = -40


@dataclass(frozen=True, slots=True, eq=False)
class Fine:
    """Counts of numbers in bins of width 2**power, the first of which begins at first * 2**power."""

    power: int
    first: int
    counts: Counts


def count(array: Array) -> Fine:
    """The finite numbers of an array, in at most FINE bins or one more."""
    values = np.asarray(array, np.float64).reshape(-1)
    values = values if np.isfinite(values).all() else values[np.isfinite(values)]
    if not values.size:
        return Fine(NARROWEST, 0, np.zeros(1, np.int64))
    low, high = float(values.min()), float(values.max())
    # No narrower than float64 can tell such numbers apart.
    least = max(NARROWEST, math.frexp(max(abs(low), abs(high)))[1] - 50)
    power = max(least, math.ceil(math.log2((high - low) / FINE))) if high > low else least
    places = np.floor(np.ldexp(values, -power)).astype(np.int64)
    first = int(places.min())
    return Fine(power, first, np.bincount(places - first))


def _limits(fines: Iterable[Fine], tail: float = 0.0) -> tuple[float, float]:
    """What holds all numbers of every histogram but a share `tail` at either end."""
    lows, highs = [], []
    for fine in fines:
        if total := int(fine.counts.sum()):
            shares = np.cumsum(fine.counts) / total
            lows.append(math.ldexp(fine.first + int(np.searchsorted(shares, tail, "right")), fine.power))
            highs.append(math.ldexp(fine.first + int(np.searchsorted(shares, 1.0 - tail)) + 1, fine.power))
    return (min(lows), max(highs)) if lows else (0.0, 1.0)


def common(fines: Sequence[Fine], bins: int, tail: float = 0.0) -> tuple[np.ndarray, Counts]:
    """The same histograms over the same bins, at most `bins` or a few more: edges (bins + 1,) and counts (histograms,
    bins). What lies in the tails is in the first and the last bin."""
    low, high = _limits(fines, tail)
    power = max(math.ceil(math.log2((high - low) / bins)), max(fine.power for fine in fines))
    first, end = math.floor(math.ldexp(low, -power)), math.ceil(math.ldexp(high, -power))
    counts = np.zeros((len(fines), end - first), np.int64)
    for row, fine in zip(counts, fines, strict=True):
        places = (fine.first + np.arange(len(fine.counts))) >> (power - fine.power)
        np.add.at(row, np.clip(places, first, end - 1) - first, fine.counts)
    return np.ldexp(np.arange(first, end + 1, dtype=np.float64), power), counts
