"""What the losses of one number between 0 and 1 share."""
from __future__ import annotations

import numpy as np

from core.losses._base import Array


def sigmoid(z: Array, p: Array) -> None:
    """Fill p (n, k) with 1 / (1 + exp(-z)). An overflow of exp gives 0, as it should."""
    np.negative(z, p)
    np.exp(p, p)
    np.add(p, 1.0, p)
    np.reciprocal(p, p)
