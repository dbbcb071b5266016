"""Whether what is said to be so sure comes true so often."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.metrics._base import Array

BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Samples in bins of equal width by how sure the network is: all (bins,), NaN where a bin is empty.

    `edges` (bins + 1,) from 0 to 1; `sure` is the mean probability, `true` how often it came true, `counts` how many
    samples. `error` is the expected calibration error, the mean of |sure - true| over the samples, and `worst` the
    largest of these differences.
    """

    edges: Array
    sure: Array
    true: Array
    counts: Array
    error: float
    worst: float


def reliability(probability: Array, came_true: Array, bins: int = BINS) -> Reliability:
    """From probabilities (n,) in [0, 1] and whether they came true (n,) bool, n at least 1.

    A bin holds what is above its lower edge up to its upper one; the first holds 0 as well.
    Source: Naeini et al. 2015, Obtaining well calibrated probabilities using Bayesian binning; Guo et al. 2017,
    On calibration of modern neural networks, arXiv:1706.04599, equations 3 and 5.
    """
    edges = np.linspace(0.0, 1.0, bins + 1)
    place = np.searchsorted(edges[1:-1], probability)
    counts = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        sure = np.bincount(place, probability, minlength=bins) / counts
        true = np.bincount(place, came_true, minlength=bins) / counts
    gaps = np.abs(sure - true)[counts > 0]
    error = float(gaps @ counts[counts > 0] / len(probability))
    return Reliability(edges, sure, true, counts, error, float(gaps.max()))
