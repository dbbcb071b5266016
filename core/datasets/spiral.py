"""Two spiral arms wound around each other."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane, polar
from core.kinds import Info
from core.params import Float

RADIUS = 5.0
TURNS = 1.75


class Spiral(Plane):
    """Arms of radius 5 t and angle 1.75 * 2 pi * t, t from 0 to 1; that of class 0 is turned by half a turn.

    Source: TensorFlow Playground, the set "spiral".
    """

    info = Info("spiral", "Spiral", "Two spiral arms wound around each other", category="Plane",
                keywords=("spirals", "arms", "playground"))
    noise = Float(default=0.0, low=0.0, high=0.5, doc="How far every point strays at most in each direction.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        first, second = self.halves()
        points = np.concatenate([_arm(first, np.pi), _arm(second, 0.0)])
        return points + self.noise * rng.uniform(-1.0, 1.0, points.shape), self.labels()


def _arm(count: int, turn: float) -> np.ndarray:
    along = np.arange(count) / count
    return polar(RADIUS * along, TURNS * 2 * np.pi * along + turn)
