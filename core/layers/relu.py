"""ReLU."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class ReLU(Activation):
    """y = max(x, 0). Its slope at 0 is taken as 0.

    Shapes: x (n, ...) -> y (n, ...).
    Source: Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines.
    """

    info = Info("relu", "ReLU", "max(x, 0)", "Activation", "relu",
                keywords=("rectifier", "rectified linear unit"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0)
        on = frame.scratch(y.shape, np.bool_)

        def forward() -> None:
            np.maximum(x, zero, out=y)

        def backward() -> None:
            if dx is not None:
                np.greater(x, zero, on)
                np.multiply(dy, on, dx)

        return forward, backward
