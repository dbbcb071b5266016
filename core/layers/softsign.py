"""Softsign."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class Softsign(Activation):
    """y = x / (1 + |x|): like tanh, but it nears -1 and 1 more slowly.

    Shapes: x (n, ...) -> y (n, ...).
    Source: Bergstra et al. 2009, Quadratic polynomials learn better image features.
    """

    info = Info("softsign", "Softsign", "x / (1 + |x|)", "Activation", "softsign", keywords=("squash",))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(1.0)
        shrink = frame.scratch(y.shape)

        def forward() -> None:
            np.abs(x, shrink)
            np.add(shrink, one, shrink)
            np.divide(one, shrink, shrink)
            np.multiply(x, shrink, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(shrink, shrink, dx)
                np.multiply(dx, dy, dx)

        return forward, backward
