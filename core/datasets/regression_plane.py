"""A slope to predict."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Surface
from core.kinds import Info

LARGEST = 10.0


class RegressionPlane(Surface):
    """y = (x1 + x2) / 10, which one linear neuron learns.

    Source: TensorFlow Playground, the set "reg-plane".
    """

    info = Info("regression_plane", "Slope", "A number that grows evenly across the plane", category="Plane",
                keywords=("regression", "linear", "tilted plane", "reg-plane", "playground"))

    def height(self, points: np.ndarray) -> np.ndarray:
        total: np.ndarray = points.sum(axis=1)
        return total / LARGEST
