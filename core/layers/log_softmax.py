"""Log softmax."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Frame, Pass


class LogSoftmax(Activation):
    """y = x - log(sum(exp(x))) over the last axis: the logarithms of what softmax gives.

    A cross-entropy takes them as scores, because softmax(log softmax(x)) = softmax(x).
    Shapes: x (n, ...) -> y (n, ...).
    Source: Bridle 1990, Probabilistic interpretation of feedforward classification network outputs.
    """

    info = Info("log_softmax", "Log softmax", "Logarithms of probabilities", "Activation", "log_softmax",
                keywords=("logsoftmax", "log probability", "classes", "multiclass"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        one, spare = frame.scratch((*y.shape[:-1], 1)), frame.scratch(y.shape)

        def forward() -> None:
            np.maximum.reduce(x, -1, out=one, keepdims=True)
            np.subtract(x, one, y)
            np.exp(y, spare)
            np.add.reduce(spare, -1, out=one, keepdims=True)
            np.log(one, one)
            np.subtract(y, one, y)

        def backward() -> None:
            if dx is not None:
                np.add.reduce(dy, -1, out=one, keepdims=True)
                np.exp(y, spare)
                np.multiply(spare, one, spare)
                np.subtract(dy, spare, dx)

        return forward, backward
