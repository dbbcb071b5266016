"""Tanh."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class Tanh(Activation):
    """y = tanh(x): like the sigmoid, but between -1 and 1 and through the origin.

    Shapes: x (n, ...) -> y (n, ...).
    Source: LeCun et al. 1998, Efficient BackProp.
    """

    info = Info("tanh", "Tanh", "Between -1 and 1, through 0", "Activation", "tanh",
                keywords=("hyperbolic tangent",))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(1.0)
        slope = frame.scratch(y.shape)

        def forward() -> None:
            np.tanh(x, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(y, y, slope)
                np.subtract(one, slope, slope)
                np.multiply(slope, dy, dx)

        return forward, backward
