"""Glorot (Xavier) normal."""
from __future__ import annotations

import numpy as np

from core.initializers._base import Initializer
from core.kinds import Info


class GlorotNormal(Initializer):
    """Normal with variance 2 / (fan_in + fan_out): suits sigmoid and tanh.

    PyTorch's xavier_normal_ is the same; Keras cuts the tails at two standard deviations.

    Source: Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks.
    """

    info = Info("glorot_normal", "Glorot (Xavier) normal", "Normal, for sigmoid and tanh")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        return rng.normal(0.0, np.sqrt(2.0 / (fan_in + fan_out)), shape)
