"""To the range from 0 to 1."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.preprocessing._scaling import Scaling
from core.preprocessing._statistics import extremes


class MinMax(Scaling):
    """(x - smallest) / (largest - smallest), number by number: 0 to 1 in the training part.

    Source: scikit-learn's MinMaxScaler.
    """

    info = Info("min_max", "Min-max", "From 0 to 1", "Scale", "step-range",
                keywords=("normalise", "range", "MinMaxScaler", "rescale"))

    words = ("smallest", "range")

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low, high = extremes(x)
        return low, high - low
