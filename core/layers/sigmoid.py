"""Sigmoid."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class Sigmoid(Activation):
    """y = 1 / (1 + exp(-x)): squeezes every number between 0 and 1; as an output it is a probability.

    Shapes: x (n, ...) -> y (n, ...).
    Source: Cybenko 1989, Approximation by superpositions of a sigmoidal function.
    """

    info = Info("sigmoid", "Sigmoid", "1 / (1 + exp(-x))", "Activation", "sigmoid",
                keywords=("logistic", "probability"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(1.0)
        slope = frame.scratch(y.shape)

        def forward() -> None:
            np.negative(x, y)
            np.exp(y, y)
            np.add(y, one, y)
            np.reciprocal(y, y)

        def backward() -> None:
            if dx is not None:
                np.subtract(one, y, slope)
                np.multiply(slope, y, slope)
                np.multiply(slope, dy, dx)

        return forward, backward
