"""Add."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._merge import Merge


class Add(Merge):
    """y = a + b: the end of a residual connection.

    Shapes: a, b (n, ...) -> y (n, ...).
    Source: He et al. 2015, arXiv:1512.03385 (residual connections).
    """

    info = Info("add", "Add", "a + b", "Merge", "add", keywords=("sum", "plus", "residual", "skip connection"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy

        def forward() -> None:
            np.add(a, b, y)

        def backward() -> None:
            if da is not None:
                np.copyto(da, dy)
            if db is not None:
                np.copyto(db, dy)

        return forward, backward
