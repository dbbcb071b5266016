"""He uniform."""
from __future__ import annotations

import numpy as np

from core.initializers._base import Initializer
from core.kinds import Info


class HeUniform(Initializer):
    """Uniform in ±sqrt(6 / fan_in): suits ReLU and its relatives.

    Source: He et al. 2015, arXiv:1502.01852.
    """

    info = Info("he_uniform", "He uniform", "Uniform, for ReLU")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        limit = np.sqrt(6.0 / fan_in)
        return rng.uniform(-limit, limit, shape)
