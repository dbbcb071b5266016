"""What the drawn point sets share: two classes of points in a plane."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.params import Float, Int


class Plane(Dataset):
    """Points of two classes, in random order.

    Shapes: x (samples, 2); y (samples,). A subclass draws the points.
    """

    samples = Int(default=500, low=2, high=100_000, doc="How many points, half of them in each class.")
    noise = Float(default=0.0, low=0.0, high=0.5, doc="How far the points stray.")

    def spec(self) -> DataSpec:
        return DataSpec((2,), ("x1", "x2"), ("0", "1"), samples=self.samples)

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        x, y = self.draw(rng)
        order = rng.permutation(len(x))
        return Samples(x[order].astype(np.float32), y[order].astype(np.intp))

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Points (samples, 2) and their classes (samples,), in any order."""
        raise NotImplementedError

    def halves(self) -> tuple[int, int]:
        """How many points of class 0 and of class 1; class 0 gets the odd one."""
        return self.samples - self.samples // 2, self.samples // 2

    def labels(self) -> np.ndarray:
        """Classes (samples,) of all points of class 0 followed by those of class 1."""
        return np.repeat([0, 1], self.halves())


def polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Points (n, 2) at distance `radius` (n,) from the origin.

    `angle` (n,) in radians, clockwise from the second axis.
    """
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
