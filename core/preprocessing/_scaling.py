"""What the steps share that shift and scale numbers."""
from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from core.preprocessing._base import OnColumns
from core.preprocessing._blocks import blocks
from core.preprocessing._columns import Column


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """(x - shift) / scale, number by number; both float64 in the shape of one value."""

    shift: np.ndarray
    scale: np.ndarray


class Scaling(OnColumns):
    """(x - shift) / scale, where shift and scale are learned from the training part. Missing values stay missing.

    A number that never changes is shifted to 0 and not scaled.
    """

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Shift and scale for values x (n, *shape), of which some may be NaN; float64."""
        raise NotImplementedError

    def learn(self, column: Column) -> Range:
        x = column.values
        low, high = np.nanmin(x, axis=0).astype(np.float64), np.nanmax(x, axis=0).astype(np.float64)
        constant, (shift, scale) = low == high, self.measure(x)
        # The deviation of equal numbers is rarely exactly 0, because their mean is rounded.
        return Range(np.where(constant, low, shift), np.where(constant | (scale == 0), 1.0, scale))

    def change(self, column: Column, learned: object) -> Column:
        known, x = cast(Range, learned), column.values
        scaled = np.empty(x.shape, np.float32)
        for part in blocks(x):
            scaled[part] = (x[part] - known.shift) / known.scale
        return column.with_values(scaled)
