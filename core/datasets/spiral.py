"""Spiral arms wound around each other."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane, polar
from core.kinds import Info
from core.params import Float, Int

RADIUS = 5.0
TURNS = 1.75


class Spiral(Plane):
    """Arms of radius 5 t and angle 1.75 * 2 pi * t, t from 0 to 1, one for each class, turned evenly apart.

    With two arms, that of class 0 is turned by half a turn.

    Source: TensorFlow Playground, the set "spiral".
    """

    info = Info("spiral", "Spiral", "Spiral arms wound around each other", category="Plane",
                keywords=("spirals", "arms", "playground", "swirl", "galaxy"))
    noise = Float(default=0.0, low=0.0, high=0.5, doc="How far every point strays at most in each direction.")
    arms = Int(default=2, low=2, high=6, doc="How many arms, each a class of its own.")

    @property
    def groups(self) -> int:
        return self.arms

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        turns = (np.pi - 2 * np.pi * arm / self.arms for arm in range(self.arms))
        points = np.concatenate([_arm(count, turn) for count, turn in zip(self.shares(), turns, strict=True)])
        return points + self.noise * rng.uniform(-1.0, 1.0, points.shape), self.labels()


def _arm(count: int, turn: float) -> np.ndarray:
    along = np.arange(count) / max(1, count)
    return polar(RADIUS * along, TURNS * 2 * np.pi * along + turn)
