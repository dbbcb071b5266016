"""How well scores tell the samples of a class from the others, at every threshold."""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.metrics._base import Array


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """What a threshold leaves: at thresholds[i] every sample whose score is at least that counts as found.

    thresholds (m,) falling, all different; hits (m,) and alarms (m,) count the found samples that belong to the class
    and those that do not. `positives` and `negatives` count all samples of either kind.
    """

    thresholds: Array
    hits: Array
    alarms: Array
    positives: int
    negatives: int

    @property
    def recall(self) -> Array:
        """The share of the class that is found, at every threshold; also called true positive rate."""
        return self.hits / self.positives if self.positives else np.full(len(self.hits), math.nan)

    @property
    def fall_out(self) -> Array:
        """The share of the others that is taken for the class; also called false positive rate."""
        return self.alarms / self.negatives if self.negatives else np.full(len(self.alarms), math.nan)

    @property
    def precision(self) -> Array:
        """The share of what is found that belongs to the class."""
        return np.asarray(self.hits / (self.hits + self.alarms))


def ranked(belongs: Array, scores: Array) -> Ranked:
    """Count at every threshold: belongs (n,) bool, scores (n,) finite, n at least 1.

    Source: Fawcett 2006, An introduction to ROC analysis, Pattern Recognition Letters 27, algorithm 1.
    """
    order = np.argsort(-scores, kind="stable")
    falling, found = scores[order], np.cumsum(belongs[order])
    # Samples of equal score fall on the same side of every threshold.
    last = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)
    hits = found[last]
    positives = int(found[-1])
    return Ranked(falling[last], hits, last + 1 - hits, positives, len(falling) - positives)


def roc_area(found: Ranked) -> float:
    """The area under hits over alarms by the trapezoidal rule; NaN if all samples are of one kind.

    Source: Hanley & McNeil 1982, The meaning and use of the area under a receiver operating characteristic curve.
    """
    if not (found.positives and found.negatives):
        return math.nan
    x, y = np.append(0.0, found.fall_out), np.append(0.0, found.recall)
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1])) / 2)


def average_precision(found: Ranked) -> float:
    """sum_i (recall_i - recall_(i-1)) precision_i; NaN if no sample belongs to the class.

    Source: Zhu 2004, Recall, precision and average precision, University of Waterloo.
    """
    if not found.positives:
        return math.nan
    return float(np.sum(np.diff(found.recall, prepend=0.0) * found.precision))
