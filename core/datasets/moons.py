"""Two half moons that reach into each other."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane
from core.kinds import Info
from core.params import Float


class Moons(Plane):
    """Class 0 on the upper half of the unit circle; class 1 on the lower half of one around (1, 0.5).

    Points (cos t, sin t) and (1 - cos t, 0.5 - sin t), t uniform from 0 to pi.
    """

    info = Info("moons", "Moons", "Two half moons that reach into each other", category="Plane",
                keywords=("half moons", "crescents", "make_moons"))
    noise = Float(default=0.1, low=0.0, high=0.5, doc="Standard deviation of a shift of every point.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        labels = self.labels()
        angle = rng.uniform(0.0, np.pi, self.samples)
        upper = np.column_stack([np.cos(angle), np.sin(angle)])
        points = np.where(labels[:, None] == 1, (1.0, 0.5) - upper, upper)
        return points + rng.normal(0.0, self.noise, points.shape), labels
