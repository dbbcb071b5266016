"""To mean 0 and deviation 1."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.preprocessing._blocks import blocks
from core.preprocessing._scaling import Scaling
from core.preprocessing._statistics import moments


class Standardise(Scaling):
    """(x - mean) / standard deviation (of the population), number by number.

    Source: scikit-learn's StandardScaler; LeCun et al. 1998, Efficient BackProp, section 4.3.
    """

    info = Info("standardise", "Standardise", "Mean 0, deviation 1", "Scale", "step-bell",
                keywords=("z-score", "standardize", "StandardScaler", "normalise", "zscore"))

    words = ("mean", "deviation")

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if np.isnan(x).any():
            return moments(x)
        mean: np.ndarray = np.asarray(x.mean(axis=0, dtype=np.float64))
        squares: np.ndarray = np.asarray(sum(np.square(x[part] - mean).sum(axis=0) for part in blocks(x)))
        return mean, np.sqrt(squares / len(x))
