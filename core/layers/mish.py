"""Mish."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass

# From here on tanh(softplus(x)) is 1 in double precision, and the cube of exp(x) still fits in single precision.
FAR = 20.0


class Mish(Activation):
    """y = x * tanh(softplus(x)): smooth, dips below 0 and has no upper bound.

    With e = exp(x) the factor is e (e + 2) / (e (e + 2) + 2), which needs one exponential and keeps every digit.
    Shapes: x (n, ...) -> y (n, ...).
    Source: Misra 2019, arXiv:1908.08681.
    """

    info = Info("mish", "Mish", "x * tanh(softplus(x))", "Activation", "mish",
                keywords=("smooth relu", "self-regularised"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, far = frame.x, frame.y, frame.dx, frame.dy, frame.number(FAR)
        one, two, four = frame.number(1.0), frame.number(2.0), frame.number(4.0)
        e, lower, spare = (frame.scratch(y.shape) for _ in range(3))

        def forward() -> None:
            np.minimum(x, far, out=e)
            np.exp(e, e)
            np.add(e, two, lower)
            np.multiply(lower, e, lower)
            np.multiply(x, lower, y)
            np.add(lower, two, lower)
            np.divide(y, lower, y)

        def backward() -> None:
            """The slope is e ((e + 2) lower + 4 x (1 + e)) / lower^2."""
            if dx is not None:
                np.add(e, one, spare)
                np.multiply(spare, x, spare)
                np.multiply(spare, four, spare)
                np.add(e, two, dx)
                np.multiply(dx, lower, dx)
                np.add(dx, spare, dx)
                np.multiply(dx, e, dx)
                np.divide(dx, lower, dx)
                np.divide(dx, lower, dx)
                np.multiply(dx, dy, dx)

        return forward, backward
