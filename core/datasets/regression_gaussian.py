"""Bumps and hollows to predict."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Surface
from core.kinds import Info

# x1, x2, and +1 for a bump or -1 for a hollow.
PEAKS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))
REACH = 2.0


class RegressionGaussian(Surface):
    """Three bumps and three hollows at x1 = -4, 0, 4 and x2 = -2.5, 2.5, in turns.

    From 1 or -1 in the middle of each, y goes evenly to 0 at a distance of 2; where two meet, the larger one counts.

    Source: TensorFlow Playground, the set "reg-gauss".
    """

    info = Info("regression_gaussian", "Bumps", "Three bumps and three hollows in the plane", category="Plane",
                keywords=("regression", "gaussian", "multi gauss", "peaks", "hills", "reg-gauss", "playground"))

    def height(self, points: np.ndarray) -> np.ndarray:
        first, second, sign = np.array(PEAKS).T
        away = np.hypot(points[:, :1] - first, points[:, 1:] - second)
        each = sign * np.clip(1 - away / REACH, 0.0, 1.0)
        strongest = np.abs(each).argmax(axis=1)
        return np.take_along_axis(each, strongest[:, None], axis=1)[:, 0]
