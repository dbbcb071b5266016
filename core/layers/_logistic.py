"""The logistic function without overflow."""
from __future__ import annotations

import numpy as np

from core.layers._base import Array


def decay(x: Array, out: Array) -> None:
    """Fill out with exp(-|x|), which is at most 1."""
    np.abs(x, out)
    np.negative(out, out)
    np.exp(out, out)


def logistic(x: Array, decayed: Array, out: Array, spare: Array, one: Array) -> None:
    """Fill out with 1 / (1 + exp(-x)) to full relative precision on both sides; `decayed` holds exp(-|x|)."""
    np.greater(x, 0, out)
    np.maximum(out, decayed, out=out)
    np.add(decayed, one, spare)
    np.divide(out, spare, out)
