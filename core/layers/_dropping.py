"""What the layers share that silence numbers at random."""
from __future__ import annotations

import numpy as np

from core.layers._base import Array, Frame, Pass, Shape


def mask(frame: Frame, shape: Shape, rate: float) -> tuple[Array, Pass]:
    """An array of `shape` in the precision of the pass, and a function that draws it anew from frame.rng.

    A number is 0 with probability `rate`, otherwise 1 / (1 - rate), which keeps the mean at 1. It takes 8 random bits
    where `rate` is a multiple of 1/256, else 16: the rate is exact to 1/131072, and several times cheaper to draw than
    by comparing floats. Both precisions silence the same numbers.
    """
    kind: type[np.unsignedinteger] = np.uint8 if (rate * 256).is_integer() else np.uint16
    levels, each = int(np.iinfo(kind).max) + 1, 8 // np.dtype(kind).itemsize
    below, scale = np.asarray(round(rate * levels), kind), frame.number(1.0 / (1.0 - rate))
    factor, draw = frame.scratch(shape), frame.rng.bit_generator.random_raw
    words = -(-factor.size // each)

    def renew() -> None:
        drawn = draw(words).view(kind)[: factor.size].reshape(shape)
        np.greater_equal(drawn, below, out=factor)
        np.multiply(factor, scale, factor)

    return factor, renew
