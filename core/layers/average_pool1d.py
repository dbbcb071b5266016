"""Mean of a window, series."""
from __future__ import annotations

from core.kinds import Info
from core.layers._pool_layers import Pool1D
from core.layers._pooling import average_pool


class AveragePool1D(Pool1D):
    """y[i] = the mean of x in the window that starts at step i * stride, for each channel.

    Shapes: x (n, t, c) -> y (n, steps, c). With padding "valid" steps = floor((t - pool_size) / stride) + 1; with
    "same" steps = ceil(t / stride).
    As in Keras, padding "same" puts an odd place behind, and the mean is of the places inside the input; PyTorch pads
    both sides alike by a given number and counts the zeros unless told otherwise.
    Errors: ShapeError if the input is not (steps, channels) or is shorter than a window.
    Source: LeCun et al. 1998, Gradient-based learning applied to document recognition.
    """

    info = Info("average_pool1d", "AveragePool1D", "The mean of each stretch", "Pooling", "average_pool1d",
                keywords=("pooling", "mean", "downsample", "series", "time"))
    pool = staticmethod(average_pool)
