"""From what a network gives to what is known about it: every metric that suits the task."""
from __future__ import annotations

import math

import numpy as np

from core.metrics._base import METRICS, Array, Judged


def predicted(output: Array) -> Array:
    """The class numbers (n,) intp: of output (n, k) the largest, of (n, 1) the second class above a half."""
    if output.shape[1] == 1:
        return np.asarray(output[:, 0] > 0.5, np.intp)
    return np.asarray(output.argmax(axis=1), np.intp)


def judge(output: Array, y: Array, classes: int) -> Judged:
    """Predictions beside the truth.

    output (n, k) is what a network gives, y (n,) class numbers or (n, k) numbers to predict; `classes` is the number
    of classes, 0 where numbers are predicted. Of several outputs the largest names the class; a single one stands for
    how sure the second of two classes is, and names it above one half.
    """
    rows = output.reshape(len(output), math.prod(output.shape[1:]))
    if not classes:
        numbers = rows.astype(np.float64)
        return Judged(y.reshape(numbers.shape).astype(np.float64), numbers, numbers)
    scores = np.concatenate([1.0 - rows, rows], axis=1) if rows.shape[1] == 1 else rows
    # Not from the scores: 1 - p and p may be rounded to the same number.
    return Judged(y, predicted(rows), scores)


def measure_all(output: Array, y: Array, classes: int) -> dict[str, float]:
    """Every number that suits the task, by its name; NaN where it is not defined. Arguments as for `judge`."""
    judged = judge(output, y, classes)
    metrics = (kind() for kind in METRICS.values())
    return {metric.key: float(metric.measure(judged)) for metric in metrics if metric.single and metric.suits(classes)}
