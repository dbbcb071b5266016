"""Squares of two classes that take turns."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane
from core.kinds import Info
from core.params import Float, Int

RADIUS = 5.0


class Checkerboard(Plane):
    """Points from -5 to 5 each way on a board of `cells` by `cells` squares; class 0 at the lower left corner.

    Noise moves a point after its class is settled.
    """

    info = Info("checkerboard", "Checkerboard", "Squares of two classes that take turns", category="Plane",
                keywords=("chess", "chequerboard", "squares", "grid", "cells", "tiles"))
    samples = Int(default=1000, low=2, high=100_000, doc="How many points; chance decides their classes.")
    noise = Float(default=0.0, low=0.0, high=0.5, doc="How far every point strays at most in each direction.")
    cells = Int(default=4, low=2, high=10, doc="How many squares there are in each direction.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        square = rng.uniform(0.0, self.cells, (self.samples, 2))
        points = (square / self.cells * 2 - 1) * RADIUS
        labels = np.floor(square).sum(axis=1) % 2
        return points + self.noise * rng.uniform(-1.0, 1.0, points.shape), labels
