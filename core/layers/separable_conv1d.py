"""Separable convolution of series."""
from __future__ import annotations

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._depthwise import separable
from core.layers._regularised import Regularised
from core.layers._windows import PADDING, Axis, lifted, need_series, need_windows
from core.params import Bool, Choice, Int, KindOf


class SeparableConv1D(Regularised):
    """Each channel is filtered by itself, then the channels of every step are mixed: far fewer weights than Conv1D.

    z[i, c*m + d] = sum of x[i*s + k, c] * depthwise[k, c, d]; y = z @ pointwise + b.
    m is the multiplier. There is no bias and no activation in between.
    Shapes: x (n, t, c) -> y (n, steps, filters); depthwise (k, c, m); pointwise (c * m, filters); b (filters,). Steps
    are as in Conv1D. The same as Keras's, whose pointwise kernel is (1, c * m, filters), but that it draws the
    depthwise one with the fan-in k * c; here it is k. In PyTorch it is a Conv1d with groups=c and bias=False, and a
    Conv1d of kernel size 1 behind it.
    Errors: ShapeError if the input is not (steps, channels) or is shorter than a window.
    Source: Chollet 2017, arXiv:1610.02357.
    """

    info = Info("separable_conv1d", "SeparableConv1D", "Filters each channel, then mixes them", "Convolution",
                "separable_conv1d", keywords=("depthwise", "pointwise", "convolution", "series", "time"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of mixtures: the channels of the output.")
    kernel_size = Int(default=3, low=1, high=4096, doc="Number of steps that a filter looks at.")
    multiplier = Int(default=1, low=1, high=256, doc="Number of filters for each channel, before they are mixed.")
    stride = Int(default=1, low=1, high=4096, doc="Steps from window to window.")
    padding = Choice(default="valid", options=PADDING, doc="What happens at the ends.")
    dilation = Int(default=1, low=1, high=4096, advanced=True,
                   doc="Distance between the steps that a filter looks at.")
    bias = Bool(default=True, doc="Add a learned constant to every channel of the output.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 4}, ((5, 3),)),
        Example({"filters": 3, "multiplier": 2, "kernel_size": 2, "stride": 2, "padding": "same", "bias": False},
                ((5, 2),)),
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
        between = channels * self.multiplier
        weights = {"depthwise": draw(rng, (width, channels, self.multiplier), width, width * self.multiplier),
                   "pointwise": draw(rng, (between, self.filters), between, self.filters)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return separable(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]))

    def cost(self, *shapes: Shape) -> int:
        steps, filters = self.infer(*shapes)
        return steps * shapes[0][-1] * self.multiplier * (self.kernel_size + filters)

    def decays(self) -> frozenset[str]:
        return frozenset({"depthwise", "pointwise"})
