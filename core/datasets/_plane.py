"""What the drawn point sets share: points in a plane, in classes or with a number at each."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.params import Float, Int

NAMES = ("x1", "x2")
EDGE = 6.0


class Plane(Dataset):
    """Points of several classes, two unless a subclass says more, in random order.

    Shapes: x (samples, 2); y (samples,). A subclass draws the points.
    """

    samples = Int(default=500, low=2, high=100_000, doc="How many points, shared evenly by the classes.")
    noise = Float(default=0.0, low=0.0, high=0.5, doc="How far the points stray.")

    @property
    def groups(self) -> int:
        """How many classes there are."""
        return 2

    def spec(self) -> DataSpec:
        return DataSpec((2,), NAMES, tuple(map(str, range(self.groups))), samples=self.samples)

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        x, y = self.draw(rng)
        order = rng.permutation(len(x))
        return Samples(x[order].astype(np.float32), y[order].astype(np.intp))

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Points (samples, 2) and their classes (samples,), in any order."""
        raise NotImplementedError

    def shares(self) -> list[int]:
        """How many points each class has; the first classes get the odd ones."""
        each, odd = divmod(self.samples, self.groups)
        return [each + (number < odd) for number in range(self.groups)]

    def labels(self) -> np.ndarray:
        """Classes (samples,) of all points of class 0, followed by those of class 1, and so on."""
        return np.repeat(np.arange(self.groups), self.shares())


class Surface(Dataset):
    """A number at every point of the square from -6 to 6. A subclass gives the numbers.

    Shapes: x (samples, 2); y (samples, 1). Noise moves no point: the number is taken up to 6 * noise away in each
    direction.
    """

    samples = Int(default=500, low=2, high=100_000, doc="How many points.")
    noise = Float(default=0.0, low=0.0, high=0.5,
                  doc="How far from a point its number is taken at most, as a share of half the width.")

    def spec(self) -> DataSpec:
        return DataSpec((2,), NAMES, samples=self.samples, target_names=("y",))

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        points = rng.uniform(-EDGE, EDGE, (self.samples, 2)).astype(np.float32)
        judged = points + self.noise * rng.uniform(-EDGE, EDGE, points.shape)
        return Samples(points, self.height(judged)[:, None].astype(np.float32))

    def height(self, points: np.ndarray) -> np.ndarray:
        """The number (n,) at points (n, 2)."""
        raise NotImplementedError


def polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Points (n, 2) at distance `radius` (n,) from the origin.

    `angle` (n,) in radians, clockwise from the second axis.
    """
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
