"""Convolution of images."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._convolve import convolve
from core.layers._regularised import Regularised
from core.layers._windows import PADDING, Axis, image_axes, need_groups, need_image, need_windows, pair
from core.params import Bool, Choice, Int, IntTuple, KindOf


class Conv2D(Regularised):
    """Each filter slides over the picture: y[i, j, f] = sum of x[i*s + k, j*s + l, c] * W[k, l, c, f] + b[f].

    Shapes: x (n, h, w, c) -> y (n, rows, columns, filters); W (kh, kw, c / groups, filters); b (filters,).
    With padding "valid" rows = floor((h - dilation * (kh - 1) - 1) / stride) + 1; with "same" rows = ceil(h / stride).
    As in Keras, padding "same" puts an odd zero behind; PyTorch pads both sides alike by a given number, which differs
    where the stride is above 1, and has the axes (n, c, h, w), with weights (filters, c / groups, kh, kw).
    Errors: ShapeError if the input is not (height, width, channels), is smaller than a window, or does not split into
    groups.
    Source: LeCun et al. 1998, Gradient-based learning applied to document recognition.
    """

    info = Info("conv2d", "Conv2D", "Learned filters slide over an image", "Convolution", "conv2d",
                keywords=("convolution", "cnn", "convolutional", "filter", "kernel", "image"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of filters: the channels of the output.")
    kernel_size = IntTuple(default=(3, 3), high=256, shortest=1, longest=2,
                           doc="Height and width of a filter, or one number for both.")
    stride = IntTuple(default=(1, 1), high=256, shortest=1, longest=2,
                      doc="Steps down and to the right from window to window, or one number for both.")
    padding = Choice(default="valid", options=PADDING, doc="What happens at the border.")
    dilation = IntTuple(default=(1, 1), high=256, shortest=1, longest=2, advanced=True,
                        doc="Distance between the places that a filter looks at.")
    groups = Int(default=1, low=1, high=4096, advanced=True,
                 doc="Parts into which channels and filters are split; each filter sees the channels of its part.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 3}, ((5, 6, 2),)),
        Example({"filters": 2, "kernel_size": [3, 2], "padding": "same"}, ((4, 5, 6),)),
        Example({"filters": 2, "kernel_size": [3], "stride": [2], "padding": "same", "bias": False}, ((5, 6, 1),)),
        Example({"filters": 2, "kernel_size": [2, 3], "stride": [2, 3]}, ((7, 8, 2),)),
        Example({"filters": 2, "kernel_size": [3, 2], "dilation": [2, 3], "padding": "same"}, ((6, 5, 2),)),
        Example({"filters": 6, "groups": 3, "padding": "same"}, ((4, 5, 6),)),
        Example({"filters": 4, "kernel_size": [2], "groups": 4, "stride": [2]}, ((4, 5, 4),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        need_windows(self, rows, cols)
        need_groups(self, self.groups, shapes[0][2], self.filters)
        return rows.out, cols.out, self.filters

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return image_axes(shape, self.kernel_size, self.stride, self.dilation, self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        kernel, channels = pair(self.kernel_size), shapes[0][-1] // self.groups
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        places = math.prod(kernel)
        fan_out = places * self.filters // self.groups
        weights = {"W": draw(rng, (*kernel, channels, self.filters), places * channels, fan_out)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return convolve(frame, *self._axes(frame.x.shape[1:]), self.groups)

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * math.prod(pair(self.kernel_size)) * shapes[0][-1] // self.groups

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
