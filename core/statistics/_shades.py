"""Pictures as bytes that a screen can show."""
from __future__ import annotations

import numpy as np

from core.statistics._choose import evenly, value_range

LOOKED_AT = 256


def brightness(pictures: np.ndarray) -> tuple[float, float]:
    """The values that are black and white: 0 and 1, or 0 and 255, where all lie between them; else the extremes.

    Of many pictures some are looked at, evenly chosen.
    """
    low, high = value_range(pictures[evenly(len(pictures), LOOKED_AT)])
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    if low >= 0 and high <= 255:
        return 0.0, 255.0
    return low, high


def as_bytes(picture: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """A picture (height, width) or (height, width, 3) as uint8 of the same shape; what is not a number is black."""
    low, high = limits
    scaled = (np.nan_to_num(picture, nan=low, posinf=high, neginf=low) - low) * (255.0 / max(high - low, 1e-30))
    return np.ascontiguousarray(np.clip(np.rint(scaled), 0, 255), np.uint8)
