"""Zeros around images."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._windows import need_image
from core.params import Int


class ZeroPadding2D(Layer):
    """Rows and columns of zeros around an image.

    Shapes: x (n, h, w, c) -> y (n, top + h + bottom, left + w + right, c). Keras takes ((top, bottom), (left, right)),
    PyTorch's ZeroPad2d (left, right, top, bottom).
    Errors: ShapeError if the input is not (height, width, channels).
    Source: Dumoulin & Visin 2016, arXiv:1603.07285.
    """

    info = Info("zero_padding2d", "ZeroPadding2D", "A border of zeros around an image", "Convolution",
                "zero_padding2d", keywords=("pad", "border", "margin", "zeros"))
    inputs = (Port("x", "an image: height, width, channels"),)
    top = Int(default=1, low=0, high=4096, doc="Rows of zeros above.")
    bottom = Int(default=1, low=0, high=4096, doc="Rows of zeros below.")
    left = Int(default=1, low=0, high=4096, doc="Columns of zeros on the left.")
    right = Int(default=1, low=0, high=4096, doc="Columns of zeros on the right.")
    examples = (Example({}, ((2, 3, 2),)), Example({"top": 0, "bottom": 2, "left": 3, "right": 0}, ((3, 1, 1),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        height, width, channels = shapes[0]
        return self.top + height + self.bottom, self.left + width + self.right, channels

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx = frame.x, frame.y, frame.dx
        rows, cols = slice(self.top, self.top + x.shape[1]), slice(self.left, self.left + x.shape[2])
        middle = y[:, rows, cols]
        d_middle = frame.dy[:, rows, cols] if frame.gradient else frame.dy

        def forward() -> None:
            y.fill(0.0)
            np.copyto(middle, x)

        def backward() -> None:
            if dx is not None:
                np.copyto(dx, d_middle)

        return forward, backward
