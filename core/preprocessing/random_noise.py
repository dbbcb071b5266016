"""Samples with noise."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.params import Float
from core.preprocessing._random import Augmentation


class RandomNoise(Augmentation):
    """A normally distributed number is added to every number of a sample, pictures or not.

    Shapes: (n, ...) -> the same. Source: Bishop 1995, Training with noise is equivalent to Tikhonov regularization.
    """

    info = Info("random_noise", "Random noise", "Training samples with noise", "Augment", "step-noise",
                keywords=("augmentation", "gaussian", "jitter", "GaussianNoise"))
    pictures = False
    deviation = Float(default=0.1, low=0.0, high=1000.0, doc="Standard deviation of the noise.")

    @property
    def augments(self) -> bool:
        return self.deviation > 0.0

    def augment(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        noise = rng.standard_normal(x.shape, np.float32)
        return np.asarray(x + np.float32(self.deviation) * noise, x.dtype)
