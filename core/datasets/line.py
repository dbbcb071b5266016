"""Points on both sides of a straight line."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane
from core.kinds import Info
from core.params import Float, Int


class Line(Plane):
    """Standard normal points; class 1 where x1 + x2 > 0. Noise moves a point after its class is settled."""

    info = Info("line", "Line", "Two classes on both sides of a straight line", category="Plane",
                keywords=("linear", "linearly separable", "perceptron", "neuron"))
    samples = Int(default=100, low=2, high=100_000, doc="How many points; chance decides their classes.")
    noise = Float(default=0.0, low=0.0, high=0.5,
                  doc="Standard deviation of a shift of every point after its class is settled.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        # In the precision that is handed out, so that rounding cannot put a point on the wrong side.
        points = rng.standard_normal((self.samples, 2)).astype(np.float32)
        labels = points.sum(axis=1) > 0
        return points + rng.normal(0.0, self.noise, points.shape), labels
