"""Sine."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Example, Frame, Pass
from core.params import Float


class Sine(Activation):
    """y = sin(omega * x): lets a network follow waves and fine detail.

    Shapes: x (n, ...) -> y (n, ...). Neither PyTorch nor Keras has it as a layer; the source uses omega = 30.
    Source: Sitzmann et al. 2020, Implicit neural representations with periodic activation functions, arXiv:2006.09661.
    """

    info = Info("sine", "Sine", "sin(omega * x)", "Activation", "sine",
                keywords=("sin", "siren", "periodic", "wave"))
    badges = ("omega",)
    omega = Float(default=1.0, low=0.01, high=100.0, log=True, doc="How fast it swings: the period is 2 pi / omega.")
    examples = (Example(shapes=((6,),)), Example({"omega": 3.0}, ((3, 2),)))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, omega = frame.x, frame.y, frame.dx, frame.dy, frame.number(self.omega)

        def forward() -> None:
            np.multiply(x, omega, y)
            np.sin(y, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(x, omega, dx)
                np.cos(dx, dx)
                np.multiply(dx, omega, dx)
                np.multiply(dx, dy, dx)

        return forward, backward
