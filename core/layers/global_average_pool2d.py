"""Mean of whole images."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._pool_layers import GlobalPool2D


class GlobalAveragePool2D(GlobalPool2D):
    """y = the mean of x over height and width: one number for each channel.

    Shapes: x (n, h, w, c) -> y (n, c), as in Keras; PyTorch's AdaptiveAvgPool2d(1) gives (n, c, 1, 1).
    Errors: ShapeError if the input is not (height, width, channels).
    Source: Lin, Chen & Yan 2013, arXiv:1312.4400.
    """

    info = Info("global_average_pool2d", "GlobalAvgPool2D", "The mean of each channel", "Pooling",
                "global_average_pool2d", keywords=("gap", "pooling", "mean", "adaptive", "image"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        y, dx, dy = frame.y, frame.dx, frame.dy
        x = frame.x.reshape(len(y), -1, y.shape[1])
        share = frame.number(1.0 / math.prod(frame.x.shape[1:3]))
        part = frame.scratch((len(y), 1, 1, y.shape[1]))

        def forward() -> None:
            np.add.reduce(x, 1, out=y)
            np.multiply(y, share, y)

        def backward() -> None:
            if dx is not None:
                np.multiply(dy[:, None, None], share, part)
                np.copyto(dx, part)

        return forward, backward
