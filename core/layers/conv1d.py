"""Convolution of series."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Port, Shape
from core.layers._im2col import convolve
from core.layers._windows import PADDING, Axis, lifted, need_series, need_windows
from core.params import Bool, Choice, Int, KindOf


class Conv1D(Layer):
    """Each filter slides along the steps: y[i, f] = sum of x[i*s + k, c] * W[k, c, f] + b[f].

    Shapes: x (n, t, c) -> y (n, steps, filters); W (k, c, filters); b (filters,). With padding "valid"
    steps = floor((t - dilation * (k - 1) - 1) / stride) + 1; with "same" steps = ceil(t / stride).
    As in Keras, padding "same" puts an odd zero behind; PyTorch pads both ends alike by a given number, which differs
    where the stride is above 1, and has the axes (n, c, t), with weights (filters, c, k).
    Errors: ShapeError if the input is not (steps, channels) or is shorter than a window.
    Source: Waibel et al. 1989, Phoneme recognition using time-delay neural networks.
    """

    info = Info("conv1d", "Conv1D", "Learned filters slide along a series", "Convolution", "conv1d",
                keywords=("convolution", "cnn", "temporal", "filter", "kernel", "time", "tdnn"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of filters: the channels of the output.")
    kernel_size = Int(default=3, low=1, high=4096, doc="Number of steps that a filter looks at.")
    stride = Int(default=1, low=1, high=4096, doc="Steps from window to window.")
    padding = Choice(default="valid", options=PADDING, doc="What happens at the ends.")
    dilation = Int(default=1, low=1, high=4096, advanced=True,
                   doc="Distance between the steps that a filter looks at.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="he_normal", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 3}, ((6, 2),)),
        Example({"filters": 2, "kernel_size": 4, "stride": 2, "padding": "same"}, ((7, 5),)),
        Example({"filters": 2, "dilation": 2, "padding": "same", "bias": False}, ((5, 1),)),
        Example({"filters": 2, "kernel_size": 2, "stride": 3, "dilation": 2}, ((9, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        axis = self._axis(shapes[0][0])
        need_windows(self, axis)
        return axis.out, self.filters

    def _axis(self, size: int) -> Axis:
        return Axis(size, self.kernel_size, self.stride, self.dilation, self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        width, channels = self.kernel_size, shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        weights = {"W": draw(rng, (width, channels, self.filters), width * channels, width * self.filters)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return convolve(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]))

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * self.kernel_size * shapes[0][-1]

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
