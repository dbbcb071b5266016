"""Average."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._merge import Merge


class Average(Merge):
    """y = (a + b) / 2: what two branches agree on.

    Shapes: a, b (n, ...) -> y (n, ...).
    Source: by definition.
    """

    info = Info("average", "Average", "(a + b) / 2", "Merge", "average", keywords=("mean", "ensemble"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        (a, b), y, dy, half = frame.xs, frame.y, frame.dy, frame.number(0.5)
        wanted = [dx for dx in frame.dxs if dx is not None]

        def forward() -> None:
            np.add(a, b, y)
            np.multiply(y, half, y)

        def backward() -> None:
            for dx in wanted:
                np.multiply(dy, half, dx)

        return forward, backward
