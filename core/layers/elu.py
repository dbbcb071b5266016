"""ELU."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass
from core.params import Float


class ELU(Activation):
    """y = x if x > 0, else alpha * (exp(x) - 1): smooth, with a mean near 0.

    Shapes: x (n, ...) -> y (n, ...).
    Source: Clevert, Unterthiner & Hochreiter 2015, arXiv:1511.07289.
    """

    info = Info("elu", "ELU", "x, or alpha * (exp(x) - 1) below 0", "Activation", "elu",
                keywords=("exponential linear unit",))
    badges = ("alpha",)
    alpha = Float(default=1.0, low=0.0, high=10.0, doc="The value -alpha is approached far below 0.")

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0)
        alpha, below = frame.number(self.alpha), frame.scratch(y.shape)
        on = frame.scratch(y.shape, np.bool_)

        def forward() -> None:
            np.minimum(x, zero, out=below)
            np.expm1(below, below)
            np.multiply(below, alpha, below)
            np.maximum(x, zero, out=y)
            np.add(y, below, y)

        def backward() -> None:
            if dx is not None:
                np.add(below, alpha, dx)
                np.less_equal(x, zero, on)
                np.multiply(dx, on, dx)
                np.greater(x, zero, on)
                np.add(dx, on, dx)
                np.multiply(dx, dy, dx)

        return forward, backward
