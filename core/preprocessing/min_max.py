"""To the range from 0 to 1."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.preprocessing._scaling import Scaling


class MinMax(Scaling):
    """(x - smallest) / (largest - smallest), number by number: 0 to 1 in the training part.

    Source: scikit-learn's MinMaxScaler.
    """

    info = Info("min_max", "Min-max", "From 0 to 1", "Scale", "scale",
                keywords=("normalise", "range", "MinMaxScaler", "rescale"))

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low, high = np.nanmin(x, axis=0).astype(np.float64), np.nanmax(x, axis=0).astype(np.float64)
        return low, high - low
