"""He normal."""
from __future__ import annotations

import numpy as np

from core.initializers._base import Initializer
from core.kinds import Info


class HeNormal(Initializer):
    """Normal with variance 2 / fan_in: suits ReLU and its relatives.

    PyTorch's kaiming_normal_ is the same; Keras cuts the tails at two standard deviations.

    Source: He et al. 2015, arXiv:1502.01852.
    """

    info = Info("he_normal", "He normal", "Normal, for ReLU")

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        return rng.normal(0.0, np.sqrt(2.0 / fan_in), shape)
