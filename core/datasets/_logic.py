"""What the truth tables share: the four corners of the unit square."""
from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples


class Logic(Dataset):
    """A function of two bits as four samples, in the order (0, 0), (0, 1), (1, 0), (1, 1).

    Shapes: x (4, 2) of 0 and 1; y (4,), the function's value. Every seed gives the same.
    """

    truth: ClassVar[tuple[int, int, int, int]]

    def spec(self) -> DataSpec:
        return DataSpec((2,), ("x1", "x2"), ("0", "1"), samples=4)

    def load(self, seed: int) -> Samples:
        corners = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], np.float32)
        return Samples(corners, np.array(self.truth, np.intp))
