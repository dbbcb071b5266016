"""Hard sigmoid."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class HardSigmoid(Activation):
    """y = x / 6 + 1/2, kept between 0 and 1: a sigmoid of three straight lines, flat outside -3 and 3.

    The same in PyTorch and Keras 3; Keras 2 had x / 5 + 1/2. Shapes: x (n, ...) -> y (n, ...).
    Source: Courbariaux, Bengio & David 2015, arXiv:1511.00363; with these slopes Howard et al. 2019, arXiv:1905.02244.
    """

    info = Info("hard_sigmoid", "Hard sigmoid", "x / 6 + 1/2, within 0 and 1", "Activation", "hard_sigmoid",
                keywords=("hardsigmoid", "piecewise"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0), frame.number(1.0)
        sixth, half, three = frame.number(1.0 / 6.0), frame.number(0.5), frame.number(3.0)
        inside = frame.scratch(y.shape, np.bool_)

        def forward() -> None:
            np.multiply(x, sixth, y)
            np.add(y, half, y)
            np.maximum(y, zero, out=y)
            np.minimum(y, one, out=y)

        def backward() -> None:
            if dx is not None:
                np.abs(x, dx)
                np.less(dx, three, inside)
                np.multiply(dy, sixth, dx)
                np.multiply(dx, inside, dx)

        return forward, backward
