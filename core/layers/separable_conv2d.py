"""Separable convolution of images."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._depthwise import separable
from core.layers._regularised import Regularised
from core.layers._windows import PADDING, Axis, image_axes, need_image, need_windows, pair
from core.params import Bool, Choice, Int, IntTuple, KindOf


class SeparableConv2D(Regularised):
    """Each channel is filtered by itself, then the channels of every place are mixed: far fewer weights than Conv2D.

    z[i, j, c*m + d] = sum of x[i*s + k, j*s + l, c] * depthwise[k, l, c, d]; y = z @ pointwise + b.
    m is the multiplier. There is no bias and no activation in between.
    Shapes: x (n, h, w, c) -> y (n, rows, columns, filters); depthwise (kh, kw, c, m); pointwise (c * m, filters);
    b (filters,). Rows and columns are as in Conv2D. The same as Keras's, whose pointwise kernel is (1, 1, c * m,
    filters), but that it draws the depthwise one with the fan-in kh * kw * c; here it is kh * kw. In PyTorch it is
    a Conv2d with groups=c and bias=False, and a Conv2d of kernel size 1 behind it.
    Errors: ShapeError if the input is not (height, width, channels) or is smaller than a window.
    Source: Chollet 2017, arXiv:1610.02357.
    """

    info = Info("separable_conv2d", "SeparableConv2D", "Filters each channel, then mixes them", "Convolution",
                "separable_conv2d", keywords=("depthwise", "pointwise", "convolution", "mobilenet", "xception"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of mixtures: the channels of the output.")
    kernel_size = IntTuple(default=(3, 3), high=256, shortest=1, longest=2,
                           doc="Height and width of a filter, or one number for both.")
    multiplier = Int(default=1, low=1, high=256, doc="Number of filters for each channel, before they are mixed.")
    stride = IntTuple(default=(1, 1), high=256, shortest=1, longest=2,
                      doc="Steps down and to the right from window to window, or one number for both.")
    padding = Choice(default="valid", options=PADDING, doc="What happens at the border.")
    dilation = IntTuple(default=(1, 1), high=256, shortest=1, longest=2, advanced=True,
                        doc="Distance between the places that a filter looks at.")
    bias = Bool(default=True, doc="Add a learned constant to every channel of the output.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 4}, ((4, 5, 3),)),
        Example({"filters": 3, "multiplier": 2, "kernel_size": [3, 2], "padding": "same", "bias": False},
                ((4, 3, 2),)),
        Example({"filters": 2, "kernel_size": [2], "stride": [2], "dilation": [1, 2]}, ((5, 6, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        need_windows(self, rows, cols)
        return rows.out, cols.out, self.filters

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return image_axes(shape, self.kernel_size, self.stride, self.dilation, self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        kernel, channels = pair(self.kernel_size), shapes[0][-1]
        draw, places = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw, math.prod(kernel)
        between = channels * self.multiplier
        weights = {"depthwise": draw(rng, (*kernel, channels, self.multiplier), places, places * self.multiplier),
                   "pointwise": draw(rng, (between, self.filters), between, self.filters)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return separable(frame, *self._axes(frame.x.shape[1:]))

    def cost(self, *shapes: Shape) -> int:
        rows, cols, filters = self.infer(*shapes)
        return rows * cols * shapes[0][-1] * self.multiplier * (math.prod(pair(self.kernel_size)) + filters)

    def decays(self) -> frozenset[str]:
        return frozenset({"depthwise", "pointwise"})
