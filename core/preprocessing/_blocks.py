"""Going through many samples in pieces, so that what is computed on the way stays small."""
from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

NUMBERS = 1 << 20


def blocks(x: np.ndarray) -> Iterator[slice]:
    """Slices of the first axis that together cover x (n, ...), each of about a million numbers, or of one sample."""
    rows = max(1, NUMBERS // max(1, math.prod(x.shape[1:])))
    for start in range(0, len(x), rows):
        yield slice(start, min(start + rows, len(x)))
