"""Convolution of series."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._convolve import convolve
from core.layers._regularised import Regularised
from core.layers._windows import PADDING_SERIES, Axis, lifted, need_groups, need_series, need_windows
from core.params import Bool, Choice, Int, KindOf


class Conv1D(Regularised):
    """Each filter slides along the steps: y[i, f] = sum of x[i*s + k, c] * W[k, c, f] + b[f].

    Shapes: x (n, t, c) -> y (n, steps, filters); W (k, c / groups, filters); b (filters,). With padding "valid"
    steps = floor((t - dilation * (k - 1) - 1) / stride) + 1; with "same" and "causal" steps = ceil(t / stride).
    As in Keras, padding "same" puts an odd zero behind, and "causal" all zeros in front, so that y[i] sees no x behind
    step i * stride; PyTorch pads both ends alike by a given number, which differs from "same" where the stride is above
    1, and has the axes (n, c, t), with weights (filters, c / groups, k).
    Errors: ShapeError if the input is not (steps, channels), is shorter than a window, or does not split into groups.
    Source: Waibel et al. 1989, Phoneme recognition using time-delay neural networks.
    """

    info = Info("conv1d", "Conv1D", "Learned filters slide along a series", "Convolution", "conv1d",
                keywords=("convolution", "cnn", "temporal", "filter", "kernel", "time", "tdnn"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of filters: the channels of the output.")
    kernel_size = Int(default=3, low=1, high=4096, doc="Number of steps that a filter looks at.")
    stride = Int(default=1, low=1, high=4096, doc="Steps from window to window.")
    padding = Choice(default="valid", options=PADDING_SERIES, doc="What happens at the ends.")
    dilation = Int(default=1, low=1, high=4096, advanced=True,
                   doc="Distance between the steps that a filter looks at.")
    groups = Int(default=1, low=1, high=4096, advanced=True,
                 doc="Parts into which channels and filters are split; each filter sees the channels of its part.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 3}, ((6, 2),)),
        Example({"filters": 2, "kernel_size": 4, "stride": 2, "padding": "same"}, ((7, 5),)),
        Example({"filters": 2, "dilation": 2, "padding": "same", "bias": False}, ((5, 1),)),
        Example({"filters": 2, "kernel_size": 2, "stride": 3, "dilation": 2}, ((9, 2),)),
        Example({"filters": 6, "groups": 2, "padding": "same"}, ((5, 4),)),
        Example({"filters": 2, "stride": 2, "dilation": 2, "padding": "causal"}, ((6, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        axis = self._axis(shapes[0][0])
        need_windows(self, axis)
        need_groups(self, self.groups, shapes[0][1], self.filters)
        return axis.out, self.filters

    def _axis(self, size: int) -> Axis:
        return Axis(size, self.kernel_size, self.stride, self.dilation, self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        width, channels = self.kernel_size, shapes[0][-1] // self.groups
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        fan_out = width * self.filters // self.groups
        weights = {"W": draw(rng, (width, channels, self.filters), width * channels, fan_out)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return convolve(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]), self.groups)

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * self.kernel_size * shapes[0][-1] // self.groups

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
