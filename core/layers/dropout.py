"""Dropout."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Shape
from core.layers._dropping import mask
from core.params import Float


class Dropout(Layer):
    """While training, zero each number with probability `rate` and scale the others by 1 / (1 - rate).

    Shapes: x (n, ...) -> y (n, ...). In evaluation the input passes unchanged ("inverted" dropout).
    Source: Srivastava et al. 2014, JMLR 15.
    """

    info = Info("dropout", "Dropout", "Silences random neurons in training", "Regularisation", "dropout",
                keywords=("regularisation", "overfitting"))
    badges = ("rate",)
    rate = Float(default=0.5, low=0.0, high=0.95, doc="Share of the numbers that are set to zero.")
    examples = (Example({"rate": 0.3}, ((8,),)), Example({"rate": 0.5}, ((3, 3),)), Example({"rate": 0.0}, ((3,),)))

    def infer(self, *shapes: Shape) -> Shape:
        return shapes[0]

    def passes_through(self, train: bool) -> bool:
        return not train or self.rate == 0.0

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        factor, renew = mask(frame, x.shape, self.rate)

        def forward() -> None:
            renew()
            np.multiply(x, factor, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(dy, factor, dx)

        return forward, backward
