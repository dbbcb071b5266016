"""Convolution of images, each channel by itself."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._depthwise import depthwise
from core.layers._regularised import Regularised
from core.layers._windows import PADDING, Axis, image_axes, need_image, need_windows, pair
from core.params import Bool, Choice, Int, IntTuple, KindOf


class DepthwiseConv2D(Regularised):
    """Filters that see one channel each: y[i, j, c*m + d] = sum of x[i*s + k, j*s + l, c] * W[k, l, c, d] + b[c*m + d].

    m is the multiplier. With a Conv2D of kernel size 1 behind it, this is SeparableConv2D.
    Shapes: x (n, h, w, c) -> y (n, rows, columns, c * m); W (kh, kw, c, m); b (c * m,). Rows and columns are as in
    Conv2D. PyTorch's Conv2d with groups=c is the same, with weights (c * m, 1, kh, kw). Keras draws the weights with
    the fan-in kh * kw * c; here it is kh * kw, the inputs that a filter really has.
    Errors: ShapeError if the input is not (height, width, channels) or is smaller than a window.
    Source: Chollet 2017, arXiv:1610.02357.
    """

    info = Info("depthwise_conv2d", "DepthwiseConv", "Learned filters for each channel alone", "Convolution",
                "depthwise_conv2d", keywords=("separable", "groups", "convolution", "mobilenet", "xception"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("kernel_size", "multiplier")
    kernel_size = IntTuple(default=(3, 3), high=256, shortest=1, longest=2,
                           doc="Height and width of a filter, or one number for both.")
    multiplier = Int(default=1, low=1, high=256, doc="Number of filters for each channel.")
    stride = IntTuple(default=(1, 1), high=256, shortest=1, longest=2,
                      doc="Steps down and to the right from window to window, or one number for both.")
    padding = Choice(default="valid", options=PADDING, doc="What happens at the border.")
    dilation = IntTuple(default=(1, 1), high=256, shortest=1, longest=2, advanced=True,
                        doc="Distance between the places that a filter looks at.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({}, ((4, 5, 3),)),
        Example({"multiplier": 2, "kernel_size": [3, 2], "padding": "same", "bias": False}, ((4, 3, 2),)),
        Example({"kernel_size": [2], "stride": [2, 3], "padding": "same"}, ((5, 7, 1),)),
        Example({"multiplier": 3, "dilation": [2, 1]}, ((6, 4, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        need_windows(self, rows, cols)
        return rows.out, cols.out, shapes[0][2] * self.multiplier

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return image_axes(shape, self.kernel_size, self.stride, self.dilation, self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        kernel, channels = pair(self.kernel_size), shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        places = math.prod(kernel)
        weights = {"W": draw(rng, (*kernel, channels, self.multiplier), places, places * self.multiplier)}
        return weights | ({"b": np.zeros(channels * self.multiplier)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return depthwise(frame, *self._axes(frame.x.shape[1:]))

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * math.prod(pair(self.kernel_size))

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
