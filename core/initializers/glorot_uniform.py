"""Glorot (Xavier) uniform."""
from __future__ import annotations

import numpy as np

from core.initializers._base import Initializer
from core.kinds import Info


class GlorotUniform(Initializer):
    """Uniform in ±sqrt(6 / (fan_in + fan_out)): suits sigmoid and tanh.

    Source: Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks.
    """

    info = Info("glorot_uniform", "Glorot (Xavier) uniform", "Uniform, for sigmoid and tanh")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        limit = np.sqrt(6.0 / (fan_in + fan_out))
        return rng.uniform(-limit, limit, shape)
