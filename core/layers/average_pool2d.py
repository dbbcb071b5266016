"""Mean of a window, images."""
from __future__ import annotations

from core.kinds import Info
from core.layers._pool_layers import Pool2D
from core.layers._pooling import average_pool


class AveragePool2D(Pool2D):
    """y[i, j] = the mean of x in the window that starts at (i * stride, j * stride), for each channel.

    Shapes: x (n, h, w, c) -> y (n, rows, columns, c). With padding "valid" rows = floor((h - height) / stride) + 1;
    with "same" rows = ceil(h / stride).
    As in Keras, padding "same" puts an odd place behind, and the mean is of the places inside the input; PyTorch pads
    both sides alike by a given number and counts the zeros unless told otherwise.
    Errors: ShapeError if the input is not (height, width, channels) or is smaller than a window.
    Source: LeCun et al. 1998, Gradient-based learning applied to document recognition.
    """

    info = Info("average_pool2d", "AveragePool2D", "The mean of each window", "Pooling", "average_pool2d",
                keywords=("pooling", "mean", "downsample", "subsample", "image"))
    pool = staticmethod(average_pool)
