"""What schedules share."""
from __future__ import annotations

import math


def ease(start: float, end: float, way: float) -> float:
    """From start to end along half a wave of the cosine, where `way` goes from 0 to 1; end beyond."""
    return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * min(way, 1.0)))
