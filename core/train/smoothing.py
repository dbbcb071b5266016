"""Noise taken out of a curve."""
from __future__ import annotations

import math

import numpy as np

# Powers of a weight within one block stay between the smallest and the largest number there is.
SPAN = 250.0


def smoothed(values: np.ndarray, weight: float) -> np.ndarray:
    """The debiased exponential moving average of values (n,): (n,) float64.

    m = weight * m + (1 - weight) * value, beginning with 0, divided by 1 - weight^i after i values. `weight` is from 0
    (the values themselves) to below 1. A value that is not finite stays as it is and counts for nothing.
    Source: Kingma & Ba 2015, arXiv:1412.6980, section 3 (the correction); TensorBoard shows scalars so.
    """
    found = np.array(values, np.float64)
    finite = np.isfinite(found)
    if weight > 0.0:
        found[finite] = _averages(found[finite], weight)
    return found


def _averages(values: np.ndarray, weight: float) -> np.ndarray:
    size = max(1, min(len(values), int(SPAN * math.log(10) / -math.log(weight))))
    result, before = np.empty_like(values), 0.0
    powers = weight ** np.arange(1, size + 1, dtype=np.float64)
    for start in range(0, len(values), size):
        block = values[start : start + size]
        own = powers[: len(block)]
        sums = np.cumsum(block / own) * own * (1.0 - weight) + before * own
        result[start : start + len(block)] = sums
        before = float(sums[-1])
    return np.asarray(result / -np.expm1(np.arange(1, len(values) + 1) * math.log(weight)))
