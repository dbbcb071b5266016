"""In a random order."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.params import Int
from core.preprocessing._base import Step


class Shuffle(Step):
    """The training part in a random order that stays, however the data are sorted and split.

    Training draws a new order for every epoch on top of it, unless that is turned off.
    Source: Durstenfeld 1964, Algorithm 235: random permutation.
    """

    info = Info("shuffle", "Shuffle", "The training part in a random order that stays", "Choose", "step-shuffle",
                keywords=("permute", "random order", "mix"))
    stage = "training"
    seed = Int(default=0, low=0, high=2**31 - 1, doc="Fixes the order.")

    def order(self, n: int) -> np.ndarray | None:
        return np.random.default_rng(self.seed).permutation(n)
