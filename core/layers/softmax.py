"""Softmax."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class Softmax(Activation):
    """y = exp(x) / sum(exp(x)) over the last axis: turns scores into probabilities of classes.

    Shapes: x (n, ...) -> y (n, ...).
    Source: Bridle 1990, Probabilistic interpretation of feedforward classification network outputs.
    """

    info = Info("softmax", "Softmax", "Probabilities that sum to 1", "Activation", "softmax",
                keywords=("probability", "classes", "multiclass"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        one = frame.scratch((*y.shape[:-1], 1))
        product = frame.scratch(y.shape)

        def forward() -> None:
            np.maximum.reduce(x, -1, out=one, keepdims=True)
            np.subtract(x, one, y)
            np.exp(y, y)
            np.add.reduce(y, -1, out=one, keepdims=True)
            np.divide(y, one, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(dy, y, product)
                np.add.reduce(product, -1, out=one, keepdims=True)
                np.multiply(y, one, dx)
                np.subtract(product, dx, dx)

        return forward, backward
