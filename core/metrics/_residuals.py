"""What predictions of numbers miss."""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.metrics._base import Array

BINS = 25


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """truth, predicted and residual = truth - predicted, (n,) float64 in the unit of the target.

    `edges` (bins + 1,) and `counts` (bins,) are their histogram, as wide on either side of 0. `r2` is 1 - sum of
    squared residuals / sum of squared distances of the truth from its mean, NaN where the truth is always the same;
    `mae` the mean size of the residuals, `rmse` the root of their mean square, `bias` their mean.
    """

    truth: Array
    predicted: Array
    residual: Array
    edges: Array
    counts: Array
    r2: float
    mae: float
    rmse: float
    bias: float


def residuals(truth: Array, predicted: Array, bins: int = BINS) -> Residuals:
    """From numbers (n,), finite, n at least 1.

    Source: Wright 1921, Correlation and causation (R2); Chai & Draxler 2014, Root mean square error (RMSE) or mean
    absolute error (MAE)?
    """
    truth, predicted = truth.astype(np.float64), predicted.astype(np.float64)
    missed = truth - predicted
    widest = float(np.abs(missed).max()) or 1.0
    counts, edges = np.histogram(missed, bins, (-widest, widest))
    spread = float(np.sum((truth - truth.mean()) ** 2))
    square = float(np.sum(missed**2))
    constant = bool((truth == truth[0]).all())
    return Residuals(truth, predicted, missed, edges, counts, math.nan if constant else 1.0 - square / spread,
                     float(np.abs(missed).mean()), math.sqrt(square / len(missed)), float(missed.mean()))
