"""Four squares, those across from each other of one class."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane
from core.kinds import Info
from core.params import Float, Int

RADIUS = 5.0
PADDING = 0.3


class XorRegions(Plane):
    """Points from -5 to 5 each way, moved 0.3 away from the axes; class 1 where x1 and x2 have the same sign.

    Noise moves no point: it decides the class up to 5 * noise away in each direction, so some change sides.

    Source: TensorFlow Playground, the set "xor".
    """

    info = Info("xor_regions", "XOR regions", "Four squares, those across from each other alike", category="Plane",
                keywords=("exclusive or", "xor", "quadrants", "squares", "playground"))
    samples = Int(default=500, low=2, high=100_000, doc="How many points; chance decides their classes.")
    noise = Float(default=0.0, low=0.0, high=0.5,
                  doc="How far from a point its class is decided, as a share of half the width.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        points = rng.uniform(-RADIUS, RADIUS, (self.samples, 2))
        points += np.where(points > 0, PADDING, -PADDING)
        judged = points + self.noise * rng.uniform(-RADIUS, RADIUS, points.shape)
        return points, judged.prod(axis=1) >= 0
