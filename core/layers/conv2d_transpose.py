"""Transposed convolution of images."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._convolve import lay_down
from core.layers._regularised import Regularised
from core.layers._windows import Axis, need_image, pair
from core.params import Bool, Choice, Int, IntTuple, KindOf


class Conv2DTranspose(Regularised):
    """Every place of the input lays down a scaled filter: y[i*s + k, j*s + l, f] sums x[i, j, c] * W[k, l, c, f], + b.

    Shapes: x (n, h, w, c) -> y (n, rows, columns, filters); W (kh, kw, c, filters); b (filters,). With padding "valid"
    rows = h * stride + max(kh - stride, 0); with "same" rows = h * stride, cut off at the border.
    The sizes are those of Keras, which keeps W as (kh, kw, filters, c). PyTorch has the axes (n, c, h, w), weights
    (c, filters, kh, kw) and rows = (h - 1) * stride + kh, less where the stride is larger than the kernel.
    Errors: ShapeError if the input is not (height, width, channels).
    Source: Dumoulin & Visin 2016, arXiv:1603.07285.
    """

    info = Info("conv2d_transpose", "TransposedConv", "Learned filters enlarge an image", "Convolution",
                "conv2d_transpose", keywords=("deconvolution", "transposed", "upsample", "decoder", "generator"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of filters: the channels of the output.")
    kernel_size = IntTuple(default=(3, 3), high=256, shortest=1, longest=2,
                           doc="Height and width of a filter, or one number for both.")
    stride = IntTuple(default=(1, 1), high=256, shortest=1, longest=2,
                      doc="How much taller and wider the image becomes, or one number for both.")
    padding = Choice(default="valid", options={"valid": "Valid: all that the filters lay down",
                                               "same": "Same: cut off at the border"},
                     doc="What happens at the border.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 3}, ((3, 4, 2),)),
        Example({"filters": 2, "stride": [2], "padding": "same", "bias": False}, ((3, 2, 6),)),
        Example({"filters": 2, "kernel_size": [4, 2], "stride": [2, 3]}, ((2, 3, 1),)),
        Example({"filters": 1, "kernel_size": [1, 5], "stride": [2, 1], "padding": "same"}, ((3, 3, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        return rows.size, cols.size, self.filters

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        """Of the convolution that leads back from the output to the input."""
        kernel, stride = pair(self.kernel_size), pair(self.stride)
        over = [0 if self.padding == "same" else max(k - s, 0) for k, s in zip(kernel, stride, strict=True)]
        return (Axis(shape[0] * stride[0] + over[0], kernel[0], stride[0], padding=self.padding),
                Axis(shape[1] * stride[1] + over[1], kernel[1], stride[1], padding=self.padding))

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        kernel, channels = pair(self.kernel_size), shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        places = math.prod(kernel)
        weights = {"W": draw(rng, (*kernel, channels, self.filters), places * channels, places * self.filters)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return lay_down(frame, *self._axes(frame.x.shape[1:]))

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * math.prod(pair(self.kernel_size)) * shapes[0][-1]

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
