"""All zeros."""
from __future__ import annotations

import numpy as np

from core.initializers._base import Initializer
from core.kinds import Info


class Zeros(Initializer):
    """Every weight starts at 0: right for a perceptron, but hidden units that start equal stay equal."""

    info = Info("zeros", "Zeros", "Every weight is 0")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        return np.zeros(shape)
