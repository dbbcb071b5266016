"""Rings inside each other."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane, polar
from core.kinds import Info
from core.params import Float, Int

RADIUS = 5.0
GAP = 0.3


class Rings(Plane):
    """As many rings around the origin as there are classes, class 0 the innermost.

    With k classes and w = 5 / k, the ring of class c reaches from radius (c + 0.15) w to (c + 0.85) w; all distances
    are equally likely.
    """

    info = Info("rings", "Rings", "Rings inside each other, one for each class", category="Plane",
                keywords=("concentric", "circles", "make_circles", "target", "multi-class"))
    noise = Float(default=0.0, low=0.0, high=0.5, doc="How far every point strays at most in each direction.")
    classes = Int(default=3, low=2, high=6, doc="How many rings, each a class of its own.")

    @property
    def groups(self) -> int:
        return self.classes

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        labels = self.labels()
        within = rng.uniform(GAP / 2, 1 - GAP / 2, self.samples)
        points = polar(RADIUS / self.classes * (labels + within), rng.uniform(0.0, 2 * np.pi, self.samples))
        return points + self.noise * rng.uniform(-1.0, 1.0, points.shape), labels
