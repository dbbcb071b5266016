"""From what a network gives to classes, by the same rule as its accuracy."""
from __future__ import annotations

import numpy as np


def probability(output: np.ndarray) -> np.ndarray:
    """How sure a network with two classes is of the second: (n,) float32 from 0 to 1, a half at the border.

    output (n, 1) is that number already; of (n, 2), one number per class, it is the lead of the second,
    which for a softmax is its probability.
    """
    sure: np.ndarray = output[:, 0] if output.shape[1] == 1 else 0.5 + 0.5 * (output[:, 1] - output[:, 0])
    return np.asarray(np.clip(sure, 0.0, 1.0), np.float32)


def predicted(output: np.ndarray) -> np.ndarray:
    """The class numbers (n,) intp: of output (n, k) the largest, of (n, 1) the second class above a half."""
    if output.shape[1] == 1:
        return np.asarray(output[:, 0] > 0.5, np.intp)
    return np.asarray(output.argmax(axis=1))
