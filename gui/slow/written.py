"""The numbers of a table as they are written into its cells, short and yet told from each other."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gui.plots import numbers

# More cells than these have no room for numbers anyway.
MOST = 512


@dataclass(frozen=True)
class Written:
    """The text of every cell, row by row, and the power of ten that all of them are to be multiplied by."""

    rows: tuple[tuple[str, ...], ...] = ()
    power: int = 0

    @property
    def factor(self) -> str:
        """What stands above the table: "× 1e−3", or nothing."""
        return f"× 1e{self.power}".replace("-", numbers.MINUS) if self.power else ""


def written(table: np.ndarray, words: Sequence[str] = ()) -> Written:
    """The first of several ways in which most numbers read as they are, and not as others that they are not.

    Numbers of `words`, from 0, are written as these."""
    values = [float(value) for value in np.unique(table[np.isfinite(table)])]
    if table.size > MOST or not values:
        return Written()
    if words and all(value == round(value) and 0 <= value < len(words) for value in values):
        return _all(table, lambda value: words[int(value)])
    if all(value == round(value) and abs(value) < 1000 for value in values):
        return _all(table, lambda value: numbers.fixed(value, 0))
    power = _power(max(map(abs, values)))
    if power and table.size == 1:
        return _all(table, lambda value: significant(value, 3))
    ways: list[tuple[Callable[[float], str], int]] = [
        (_scaled(power, 2), power), (lambda value: significant(value, 2), 0), (_scaled(power, 3), power),
        (_scaled(power, 4), power), (lambda value: significant(value, 3), 0)]
    faults = [_faults(values, *way) for way in ways]
    best = next((number for number, fault in enumerate(faults) if fault <= 1), faults.index(min(faults)))
    return _all(table, *ways[best])


def _faults(values: Sequence[float], write: Callable[[float], str], power: int) -> float:
    """How many of the numbers read like others (a third of them may) or far from what they are (a fifth)."""
    texts = [write(value) for value in values]
    read = [float(text.replace(numbers.MINUS, "-")) * 10.0**power for text in texts]
    far = sum(abs(one - value) > 0.25 * abs(value) for one, value in zip(read, values, strict=True))
    lost = len(values) - len(set(texts))
    return max(lost / max(0.5, len(values) // 3), far / max(0.5, len(values) // 5))


def significant(value: float, digits: int) -> str:
    """A number with so many significant digits: 1.2e−3, 0.45, 12."""
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    size = int(exponent)
    if -2 <= size < 3:
        return numbers.fixed(float(f"{mantissa}e{exponent}"), max(0, digits - 1 - size))
    return f"{mantissa}e{size}".replace("-", numbers.MINUS)


def _all(table: np.ndarray, write: Callable[[float], str], power: int = 0) -> Written:
    rows: Sequence[Sequence[float]] = table.tolist()
    return Written(tuple(tuple(write(value) if math.isfinite(value) else "" for value in row) for row in rows), power)


def _power(largest: float) -> int:
    """The power of ten of the largest number; none for numbers of an ordinary size."""
    return 0 if 0.1 <= largest < 100 else math.floor(math.log10(largest))


def _scaled(power: int, digits: int) -> Callable[[float], str]:
    return lambda value: numbers.fixed(value / 10.0**power, digits)
