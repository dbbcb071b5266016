"""Multiply."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._merge import Merge


class Multiply(Merge):
    """y = a * b, number by number: one input opens and closes the other, a gate.

    Shapes: a, b (n, ...) -> y (n, ...).
    Source: by definition.
    """

    info = Info("multiply", "Multiply", "a * b", "Merge", "multiply",
                keywords=("product", "times", "gate", "hadamard"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy

        def forward() -> None:
            np.multiply(a, b, y)

        def backward() -> None:
            if da is not None:
                np.multiply(dy, b, da)
            if db is not None:
                np.multiply(dy, a, db)

        return forward, backward
