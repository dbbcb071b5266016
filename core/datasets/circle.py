"""A disc inside a ring."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane, polar
from core.kinds import Info
from core.params import Float

RADIUS = 5.0
DISC = 0.5
RING = 0.7


class Circle(Plane):
    """Class 1 fills a disc of radius 2.5, class 0 the ring from radius 3.5 to 5 around it.

    Noise moves no point: it decides the class up to 5 * noise away in each direction, so some change sides.

    Source: TensorFlow Playground, the set "circle".
    """

    info = Info("circle", "Circle", "A disc of one class inside a ring of the other", category="Plane",
                keywords=("ring", "disc", "concentric", "playground"))
    noise = Float(default=0.0, low=0.0, high=0.5,
                  doc="How far from a point its class is decided, as a share of the outer radius.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        outside, inside = self.shares()
        ring = rng.uniform(RING * RADIUS, RADIUS, outside)
        disc = rng.uniform(0.0, DISC * RADIUS, inside)
        points = polar(np.concatenate([ring, disc]), rng.uniform(0.0, 2 * np.pi, self.samples))
        judged = points + self.noise * rng.uniform(-RADIUS, RADIUS, points.shape)
        return points, np.hypot(*judged.T) < DISC * RADIUS
