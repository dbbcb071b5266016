"""Leaky ReLU."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass
from core.params import Float


class LeakyReLU(Activation):
    """y = x if x > 0, else slope * x: never quite dead.

    Shapes: x (n, ...) -> y (n, ...). Keras's default slope is 0.3, PyTorch's 0.01 as here.
    Source: Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models.
    """

    info = Info("leaky_relu", "Leaky ReLU", "x, or slope * x below 0", "Activation", "leaky_relu",
                keywords=("rectifier", "lrelu"))
    badges = ("slope",)
    slope = Float(default=0.01, low=0.0, high=1.0, doc="Slope for negative inputs.")

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0)
        low, rest = frame.number(self.slope), frame.number(1.0 - self.slope)
        on, factor = frame.scratch(y.shape, np.bool_), frame.scratch(y.shape)

        def forward() -> None:
            np.multiply(x, low, y)
            np.maximum(x, y, out=y)

        def backward() -> None:
            if dx is not None:
                np.greater(x, zero, on)
                np.multiply(on, rest, factor)
                np.add(factor, low, factor)
                np.multiply(dy, factor, dx)

        return forward, backward
