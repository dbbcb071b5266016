"""Larger images by repetition."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._windows import need_image, pair
from core.params import IntTuple


class UpSampling2D(Layer):
    """Every place becomes a block of equal ones: y[i, j] = x[floor(i / height), floor(j / width)].

    Shapes: x (n, h, w, c) -> y (n, h * height, w * width, c). The same as PyTorch's Upsample with mode "nearest".
    Errors: ShapeError if the input is not (height, width, channels).
    Source: Odena, Dumoulin & Olah 2016, Deconvolution and checkerboard artifacts.
    """

    info = Info("up_sampling2d", "UpSampling2D", "Repeats rows and columns of an image", "Convolution",
                "up_sampling2d", keywords=("upsample", "nearest", "resize", "enlarge", "decoder"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("size",)
    size = IntTuple(default=(2, 2), high=64, shortest=1, longest=2,
                    doc="How often rows and columns are repeated, or one number for both.")
    examples = (
        Example({}, ((2, 3, 2),)),
        Example({"size": [3, 1]}, ((2, 2, 1),)),
        Example({"size": [2]}, ((1, 4, 3),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        (height, width, channels), (down, right) = shapes[0], pair(self.size)
        return height * down, width * right, channels

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, dx = frame.x, frame.dx
        n, height, width, channels = x.shape
        down, right = pair(self.size)
        blocks = (n, height, down, width, right, channels)
        y, dy = frame.y.reshape(blocks), frame.dy.reshape(blocks) if frame.gradient else frame.dy
        spread = x[:, :, None, :, None]

        def forward() -> None:
            np.copyto(y, spread)

        def backward() -> None:
            if dx is not None:
                np.add.reduce(dy, (2, 4), out=dx)

        return forward, backward
