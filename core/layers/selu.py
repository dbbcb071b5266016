"""SELU."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass

ALPHA = 1.6732632423543772
SCALE = 1.0507009873554805


class SELU(Activation):
    """y = scale * x if x > 0, else scale * alpha * (exp(x) - 1): keeps mean 0 and variance 1 from layer to layer.

    alpha = 1.67326... and scale = 1.05070... are fixed points; the layers before it should start as LeCun normal.
    Shapes: x (n, ...) -> y (n, ...).
    Source: Klambauer et al. 2017, arXiv:1706.02515.
    """

    info = Info("selu", "SELU", "ELU, self-normalising", "Activation", "selu",
                keywords=("scaled exponential linear unit", "self-normalising", "self-normalizing"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0)
        scale, depth, excess = (frame.number(v) for v in (SCALE, SCALE * ALPHA, SCALE * ALPHA - SCALE))
        below, on = frame.scratch(y.shape), frame.scratch(y.shape)

        def forward() -> None:
            np.minimum(x, zero, out=below)
            np.expm1(below, below)
            np.multiply(below, depth, below)
            np.maximum(x, zero, out=y)
            np.multiply(y, scale, y)
            np.add(y, below, y)

        def backward() -> None:
            if dx is not None:
                np.greater(x, zero, on)
                np.multiply(on, excess, on)
                np.add(below, depth, dx)
                np.subtract(dx, on, dx)
                np.multiply(dx, dy, dx)

        return forward, backward
