"""Zeros around series."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._windows import need_series
from core.params import Int


class ZeroPadding1D(Layer):
    """Steps of zeros before and after a series.

    Shapes: x (n, t, c) -> y (n, before + t + after, c). Keras takes padding=(before, after), PyTorch's ZeroPad1d
    (left, right) of the axes (n, c, t).
    Errors: ShapeError if the input is not (steps, channels).
    Source: Dumoulin & Visin 2016, arXiv:1603.07285.
    """

    info = Info("zero_padding1d", "ZeroPadding1D", "Zeros before and after a series", "Convolution",
                "zero_padding1d", keywords=("pad", "border", "margin", "zeros", "causal", "time"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("before", "after")
    before = Int(default=1, low=0, high=65_536, doc="Steps of zeros before the first.")
    after = Int(default=1, low=0, high=65_536, doc="Steps of zeros behind the last.")
    examples = (Example({}, ((3, 2),)), Example({"before": 2, "after": 0}, ((1, 1),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        return self.before + shapes[0][0] + self.after, shapes[0][1]

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx = frame.x, frame.y, frame.dx
        steps = slice(self.before, self.before + x.shape[1])
        middle, d_middle = y[:, steps], frame.dy[:, steps] if frame.gradient else frame.dy

        def forward() -> None:
            y.fill(0.0)
            np.copyto(middle, x)

        def backward() -> None:
            if dx is not None:
                np.copyto(dx, d_middle)

        return forward, backward
