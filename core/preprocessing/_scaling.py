"""What the steps share that shift and scale numbers."""
from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, cast

import numpy as np

from core.preprocessing._base import OnColumns
from core.preprocessing._blocks import blocks
from core.preprocessing._columns import Column
from core.preprocessing._statistics import extremes


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """(x - shift) / scale, number by number; both float64 in the shape of one value."""

    shift: np.ndarray
    scale: np.ndarray


class Scaling(OnColumns):
    """(x - shift) / scale, where shift and scale are learned from the training part. Missing values stay missing.

    A number that never changes is shifted to 0 and not scaled; one that is always missing stays so. `words` are what
    shift and scale are called.
    """

    words: ClassVar[tuple[str, str]]

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Shift and scale for values x (n, *shape), of which some or all may be NaN; float64."""
        raise NotImplementedError

    def learn(self, column: Column) -> Range:
        x = column.values
        low, high = extremes(x)
        constant, (shift, scale) = low == high, self.measure(x)
        # The deviation of equal numbers is rarely exactly 0, because their mean is rounded.
        plain = constant | (scale == 0) | np.isnan(low)
        return Range(np.where(constant, low, np.where(np.isnan(low), 0.0, shift)), np.where(plain, 1.0, scale))

    def told(self, learned: object) -> str:
        known, (shift, scale) = cast(Range, learned), self.words
        return f"{shift} {known.shift:.4g}, {scale} {known.scale:.4g}" if not known.shift.shape else ""

    def change(self, column: Column, learned: object) -> Column:
        known, x = cast(Range, learned), column.values
        scaled = np.empty(x.shape, np.float32)
        for part in blocks(x):
            scaled[part] = (x[part] - known.shift) / known.scale
        return column.with_values(scaled)
