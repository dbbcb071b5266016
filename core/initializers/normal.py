"""Normal with a chosen standard deviation."""
from __future__ import annotations

import numpy as np

from core.initializers._base import Initializer
from core.kinds import Info
from core.params import Float


class Normal(Initializer):
    """Normal with mean 0 and standard deviation `scale`, whatever the size of the layer."""

    info = Info("normal", "Normal", "Normal with a chosen scale")
    scale = Float(default=0.01, low=0.0, high=100.0, log=True, doc="Standard deviation of the weights.")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        return rng.normal(0.0, self.scale, shape)
