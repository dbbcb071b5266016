"""Subtract."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._merge import Merge


class Subtract(Merge):
    """y = a - b.

    Shapes: a, b (n, ...) -> y (n, ...).
    Source: by definition.
    """

    info = Info("subtract", "Subtract", "a - b", "Merge", "subtract", keywords=("minus", "difference"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy

        def forward() -> None:
            np.subtract(a, b, y)

        def backward() -> None:
            if da is not None:
                np.copyto(da, dy)
            if db is not None:
                np.negative(dy, db)

        return forward, backward
