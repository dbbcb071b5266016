"""GELU."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Example, Frame, Pass
from core.layers._normal import share_below
from core.params import Bool


class GELU(Activation):
    """y = x * P(Z <= x) for a standard normal Z: the activation of most transformers.

    Exact to rounding by default, as in PyTorch and Keras; `approximate` is what PyTorch calls approximate="tanh":
    x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), within 0.0005 of the exact one.
    Shapes: x (n, ...) -> y (n, ...).
    Source: Hendrycks & Gimpel 2016, arXiv:1606.08415.
    """

    info = Info("gelu", "GELU", "x * normal CDF of x", "Activation", "gelu",
                keywords=("gaussian error linear unit", "transformer"))
    approximate = Bool(default=False, doc="Use a formula with tanh that is faster and almost the same.")
    examples = (Example(shapes=((6,),)), Example(shapes=((3, 2),)), Example({"approximate": True}, ((6,),)))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return _with_tanh(frame) if self.approximate else _exact(frame)


def _exact(frame: Frame) -> tuple[Pass, Pass]:
    x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
    minus_half, peak = frame.number(-0.5), frame.number(1.0 / math.sqrt(2.0 * math.pi))
    bell, share = frame.scratch(y.shape), frame.scratch(y.shape)
    fill = share_below(frame, bell, share)

    def forward() -> None:
        np.multiply(x, x, bell)
        np.multiply(bell, minus_half, bell)
        np.exp(bell, bell)
        fill()
        np.multiply(x, share, y)

    def backward() -> None:
        if dx is not None:
            np.multiply(bell, peak, dx)
            np.multiply(dx, x, dx)
            np.add(dx, share, dx)
            np.multiply(dx, dy, dx)

    return forward, backward


def _with_tanh(frame: Frame) -> tuple[Pass, Pass]:
    x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
    root = math.sqrt(2.0 / math.pi)
    one, half, linear = frame.number(1.0), frame.number(0.5), frame.number(root)
    cubic, cubic_slope = frame.number(root * 0.044715), frame.number(root * 0.044715 * 3.0)
    bend, slope = frame.scratch(y.shape), frame.scratch(y.shape)

    def forward() -> None:
        np.multiply(x, x, bend)
        np.multiply(bend, cubic, bend)
        np.add(bend, linear, bend)
        np.multiply(bend, x, bend)
        np.tanh(bend, bend)
        np.add(bend, one, y)
        np.multiply(y, half, y)
        np.multiply(y, x, y)

    def backward() -> None:
        if dx is not None:
            np.multiply(x, x, slope)
            np.multiply(slope, cubic_slope, slope)
            np.add(slope, linear, slope)
            np.multiply(slope, x, slope)
            np.multiply(bend, bend, dx)
            np.subtract(one, dx, dx)
            np.multiply(dx, slope, dx)
            np.add(dx, bend, dx)
            np.add(dx, one, dx)
            np.multiply(dx, half, dx)
            np.multiply(dx, dy, dx)

    return forward, backward
