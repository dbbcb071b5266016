"""Step."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class Step(Activation):
    """y = 1 if x > 0, else 0: the activation of the perceptron. Its slope is 0 everywhere.

    Shapes: x (n, ...) -> y (n, ...).
    Source: McCulloch & Pitts 1943; Rosenblatt 1958, The perceptron.
    """

    info = Info("step", "Step", "1 if x > 0, else 0", "Activation", "step",
                keywords=("heaviside", "threshold", "binary"))
    differentiable = False

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, zero = frame.x, frame.y, frame.dx, frame.number(0.0)

        def forward() -> None:
            np.greater(x, zero, y)

        def backward() -> None:
            if dx is not None:
                dx.fill(0.0)

        return forward, backward
