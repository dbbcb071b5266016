"""By the median, whatever a few wild values do."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.preprocessing._scaling import Scaling
from core.preprocessing._statistics import quantiles


class Robust(Scaling):
    """(x - median) / (third quartile - first quartile), number by number.

    Where the quartiles are equal, numbers are shifted and not scaled.
    Source: scikit-learn's RobustScaler; Tukey 1977, Exploratory data analysis.
    """

    info = Info("robust", "Robust", "By median and quartiles, against wild values", "Scale", "step-box",
                keywords=("median", "interquartile", "iqr", "outlier", "RobustScaler"))
    words = ("median", "quartile range")

    def measure(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        first, median, third = quantiles(x, (0.25, 0.5, 0.75))
        return median, third - first
