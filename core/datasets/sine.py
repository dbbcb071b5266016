"""A sine wave to predict."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info
from core.params import Float, Int


class Sine(Dataset):
    """y = sin x at places drawn evenly, with normal noise on y; `periods` waves around 0.

    Shapes: x (samples, 1) from -pi * periods to pi * periods; y (samples, 1).
    """

    info = Info("sine", "Sine", "One input, and a wave to predict", category="Generated",
                keywords=("regression", "curve", "wave", "sin", "function", "one-dimensional"))
    samples = Int(default=200, low=2, high=100_000, doc="How many points.")
    noise = Float(default=0.1, low=0.0, high=1.0, doc="Standard deviation of a shift of y at every point.")
    periods = Int(default=1, low=1, high=10, doc="How many waves.")

    def spec(self) -> DataSpec:
        return DataSpec((1,), ("x",), samples=self.samples, target_names=("y",))

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        x = rng.uniform(-np.pi * self.periods, np.pi * self.periods, (self.samples, 1))
        y = np.sin(x) + rng.normal(0.0, self.noise, x.shape)
        return Samples(x.astype(np.float32), y.astype(np.float32))
