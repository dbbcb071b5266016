"""Histograms that are counted finely and kept, to be brought onto the same bins as others later."""
from __future__ import annotations

import math
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

    @property
    def limits(self) -> tuple[float, float]:
        """Where the first bin begins and the last one ends."""
        return math.ldexp(self.first, self.power), math.ldexp(self.first + len(self.counts), self.power)


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


def coarser(fine: Fine, power: int) -> Fine:
    """The same counts in bins of width 2**power, which is no less than theirs."""
    places = (fine.first + np.arange(len(fine.counts))) >> (power - fine.power)
    first = int(places[0])
    return Fine(power, first, np.bincount(places - first, weights=fine.counts).astype(np.int64))
