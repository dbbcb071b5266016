"""Largest of a window, series."""
from __future__ import annotations

from core.kinds import Info
from core.layers._pool_layers import Pool1D
from core.layers._pooling import max_pool


class MaxPool1D(Pool1D):
    """y[i] = the largest x in the window that starts at step i * stride, for each channel.

    Shapes: x (n, t, c) -> y (n, steps, c). With padding "valid" steps = floor((t - pool_size) / stride) + 1; with
    "same" steps = ceil(t / stride).
    As in Keras, padding "same" puts an odd place behind; PyTorch pads both sides alike by a given number. As in both,
    of equal largest numbers the first takes the gradient.
    Errors: ShapeError if the input is not (steps, channels) or is shorter than a window.
    Source: Scherer, Müller & Behnke 2010, Evaluation of pooling operations in convolutional architectures.
    """

    info = Info("max_pool1d", "MaxPool1D", "The largest number of each stretch", "Pooling", "max_pool1d",
                keywords=("pooling", "maximum", "downsample", "series", "time"))
    pool = staticmethod(max_pool)
