"""Two numbers of a long row, to be added."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info
from core.params import Int


class Adding(Dataset):
    """At each step a number from 0 to 1 and a mark; y is the sum of the two numbers that are marked.

    Marks are 1 at one step of the first half and at one of the second, and 0 elsewhere. Who always says 1 has a mean
    squared error of 1 / 6.

    Shapes: x (samples, length, 2), a number and its mark; y (samples, 1).

    Source: Hochreiter & Schmidhuber 1997, Long short-term memory, section 5.4; with these numbers and marks Le, Jaitly
    & Hinton 2015, arXiv:1504.00941.
    """

    info = Info("adding", "Adding problem", "Rows of numbers, two of them to be added",
                category="Generated", keywords=("sequence", "regression", "memory", "lstm", "hochreiter", "recurrent"))
    samples = Int(default=2000, low=2, high=100_000, doc="How many sequences.")
    length = Int(default=20, low=2, high=1000, doc="How many steps a sequence has.")

    def spec(self) -> DataSpec:
        return DataSpec((self.length, 2), samples=self.samples, target_names=("sum",))

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        x = np.zeros((self.samples, self.length, 2), np.float32)
        x[:, :, 0] = rng.random((self.samples, self.length), np.float32)
        every, middle = np.arange(self.samples), self.length // 2
        x[every, rng.integers(0, middle, self.samples), 1] = 1.0
        x[every, rng.integers(middle, self.length, self.samples), 1] = 1.0
        return Samples(x, x.prod(axis=2).sum(axis=1, keepdims=True))
