"""SiLU."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass
from core.layers._logistic import decay, logistic


class SiLU(Activation):
    """y = x * sigmoid(x), also called Swish: a smooth ReLU that dips below 0.

    Shapes: x (n, ...) -> y (n, ...).
    Source: Elfwing, Uchibe & Doya 2017, arXiv:1702.03118; Ramachandran, Zoph & Le 2017, arXiv:1710.05941.
    """

    info = Info("silu", "SiLU", "x * sigmoid(x)", "Activation", "silu",
                keywords=("swish", "sigmoid linear unit"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(1.0)
        gate, spare = frame.scratch(y.shape), frame.scratch(y.shape)

        def forward() -> None:
            decay(x, y)
            logistic(x, y, gate, spare, one)
            np.multiply(x, gate, y)

        def backward() -> None:
            if dx is not None:
                np.subtract(one, gate, dx)
                np.multiply(dx, y, dx)
                np.add(dx, gate, dx)
                np.multiply(dx, dy, dx)

        return forward, backward
