"""Largest of a window, images."""
from __future__ import annotations

from core.kinds import Info
from core.layers._pool_layers import Pool2D
from core.layers._pooling import max_pool


class MaxPool2D(Pool2D):
    """y[i, j] = the largest x in the window that starts at (i * stride, j * stride), for each channel.

    Shapes: x (n, h, w, c) -> y (n, rows, columns, c). With padding "valid" rows = floor((h - height) / stride) + 1;
    with "same" rows = ceil(h / stride).
    As in Keras, padding "same" puts an odd place behind; PyTorch pads both sides alike by a given number. As in both,
    of equal largest numbers the first, line by line, takes the gradient.
    Errors: ShapeError if the input is not (height, width, channels) or is smaller than a window.
    Source: Scherer, Müller & Behnke 2010, Evaluation of pooling operations in convolutional architectures.
    """

    info = Info("max_pool2d", "MaxPool2D", "The largest number of each window", "Pooling", "max_pool2d",
                keywords=("pooling", "maximum", "downsample", "subsample", "image"))
    pool = staticmethod(max_pool)
