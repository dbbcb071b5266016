"""Softplus."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Example, Frame, Pass
from core.layers._logistic import decay, logistic
from core.params import Float


class Softplus(Activation):
    """y = log(1 + exp(beta * x)) / beta: a ReLU with a round corner, always above 0.

    Computed as (max(beta x, 0) + log(1 + exp(-|beta x|))) / beta, which does not overflow; PyTorch's `threshold` is
    therefore not needed. Keras has no `beta`: its is 1. Shapes: x (n, ...) -> y (n, ...).
    Source: Dugas et al. 2000, Incorporating second-order functional knowledge for better option pricing.
    """

    info = Info("softplus", "Softplus", "log(1 + exp(x)), a ReLU with a round corner", "Activation", "softplus",
                keywords=("smooth relu", "positive"))
    badges = ("beta",)
    beta = Float(default=1.0, low=0.01, high=100.0, log=True, doc="How sharp the corner at 0 is.")
    examples = (Example(shapes=((6,),)), Example({"beta": 2.5}, ((3, 2),)))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0), frame.number(1.0)
        beta, width = frame.number(self.beta), frame.number(1.0 / self.beta)
        decayed, spare = frame.scratch(y.shape), frame.scratch(y.shape)

        def forward() -> None:
            np.multiply(x, beta, spare)
            decay(spare, decayed)
            np.maximum(spare, zero, out=spare)
            np.log1p(decayed, y)
            np.add(y, spare, y)
            np.multiply(y, width, y)

        def backward() -> None:
            if dx is not None:
                logistic(x, decayed, dx, spare, one)
                np.multiply(dx, dy, dx)

        return forward, backward
