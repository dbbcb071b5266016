"""Convolution of series, each channel by itself."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._depthwise import depthwise
from core.layers._regularised import Regularised
from core.layers._windows import PADDING, Axis, lifted, need_series, need_windows
from core.params import Bool, Choice, Int, KindOf


class DepthwiseConv1D(Regularised):
    """Filters that see one channel each: y[i, c*m + d] = sum of x[i*s + k, c] * W[k, c, d] + b[c*m + d].

    m is the multiplier. With a Conv1D of kernel size 1 behind it, this is SeparableConv1D.
    Shapes: x (n, t, c) -> y (n, steps, c * m); W (k, c, m); b (c * m,). Steps are as in Conv1D. PyTorch's Conv1d with
    groups=c is the same, with weights (c * m, 1, k). Keras draws the weights with the fan-in k * c; here it is k, the
    inputs that a filter really has.
    Errors: ShapeError if the input is not (steps, channels) or is shorter than a window.
    Source: Chollet 2017, arXiv:1610.02357.
    """

    info = Info("depthwise_conv1d", "Depthwise 1D", "Learned filters for each channel alone", "Convolution",
                "depthwise_conv1d", keywords=("separable", "groups", "convolution", "series", "time"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("kernel_size", "multiplier")
    kernel_size = Int(default=3, low=1, high=4096, doc="Number of steps that a filter looks at.")
    multiplier = Int(default=1, low=1, high=256, doc="Number of filters for each channel.")
    stride = Int(default=1, low=1, high=4096, doc="Steps from window to window.")
    padding = Choice(default="valid", options=PADDING, doc="What happens at the ends.")
    dilation = Int(default=1, low=1, high=4096, advanced=True,
                   doc="Distance between the steps that a filter looks at.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({}, ((5, 3),)),
        Example({"multiplier": 2, "kernel_size": 4, "stride": 2, "padding": "same", "bias": False}, ((7, 2),)),
        Example({"kernel_size": 2, "dilation": 3, "padding": "same"}, ((5, 1),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        axis = self._axis(shapes[0][0])
        need_windows(self, axis)
        return axis.out, shapes[0][1] * self.multiplier

    def _axis(self, size: int) -> Axis:
        return Axis(size, self.kernel_size, self.stride, self.dilation, self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        width, channels = self.kernel_size, shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        weights = {"W": draw(rng, (width, channels, self.multiplier), width, width * self.multiplier)}
        return weights | ({"b": np.zeros(channels * self.multiplier)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return depthwise(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]))

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * self.kernel_size

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
