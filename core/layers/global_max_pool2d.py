"""Largest number of whole images."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._pool_layers import GlobalPool2D
from core.layers._pooling import largest_of_all


class GlobalMaxPool2D(GlobalPool2D):
    """y = the largest x over height and width: one number for each channel.

    Shapes: x (n, h, w, c) -> y (n, c), as in Keras; PyTorch's AdaptiveMaxPool2d(1) gives (n, c, 1, 1). As there, the
    first of equal largest numbers takes the gradient; in Keras they share it.
    Errors: ShapeError if the input is not (height, width, channels).
    Source: Oquab et al. 2015, Is object localization for free?
    """

    info = Info("global_max_pool2d", "GlobalMaxPool2D", "The largest number of each channel", "Pooling",
                "global_max_pool2d", keywords=("gmp", "pooling", "maximum", "adaptive", "image"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return largest_of_all(frame)
