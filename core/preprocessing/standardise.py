"""To mean 0 and deviation 1."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.preprocessing._blocks import blocks
from core.preprocessing._scaling import Scaling


class Standardise(Scaling):
    """(x - mean) / standard deviation (of the population), number by number.

    Source: scikit-learn's StandardScaler; LeCun et al. 1998, Efficient BackProp, section 4.3.
    """

    info = Info("standardise", "Standardise", "Mean 0, deviation 1", "Scale", "scale",
                keywords=("z-score", "standardize", "StandardScaler", "normalise", "zscore"))

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if np.isnan(x).any():
            return np.asarray(np.nanmean(x, 0, np.float64)), np.asarray(np.nanstd(x, 0, np.float64))
        mean: np.ndarray = np.asarray(x.mean(axis=0, dtype=np.float64))
        squares: np.ndarray = np.asarray(sum(np.square(x[part] - mean).sum(axis=0) for part in blocks(x)))
        return mean, np.sqrt(squares / len(x))
