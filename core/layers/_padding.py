"""Which time steps are padding: those whose features are all 0."""
from __future__ import annotations

import numpy as np

from core.layers._base import Array, Frame, Pass


def padding(frame: Frame) -> tuple[Array, Pass]:
    """For an input (n, time, features): flags (n, time, 1) and what sets them for the present input."""
    x, flags = frame.x, frame.scratch((*frame.x.shape[:2], 1), np.bool_)

    def look() -> None:
        np.any(x, axis=-1, keepdims=True, out=flags)
        np.logical_not(flags, flags)

    return flags, look
