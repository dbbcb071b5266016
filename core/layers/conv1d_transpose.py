"""Transposed convolution of series."""
from __future__ import annotations

import math

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._convolve import lay_down
from core.layers._regularised import Regularised
from core.layers._windows import Axis, lifted, need_series
from core.params import Bool, Choice, Int, KindOf


class Conv1DTranspose(Regularised):
    """Every step of the input lays down a scaled filter: y[i*s + k, f] sums x[i, c] * W[k, c, f], + b[f].

    Shapes: x (n, t, c) -> y (n, steps, filters); W (k, c, filters); b (filters,). With padding "valid"
    steps = t * stride + max(k - stride, 0); with "same" steps = t * stride, cut off at both ends.
    The sizes are those of Keras, which keeps W as (k, filters, c). PyTorch has the axes (n, c, t), weights
    (c, filters, k) and steps = (t - 1) * stride + k, less where the stride is larger than the kernel.
    Errors: ShapeError if the input is not (steps, channels).
    Source: Dumoulin & Visin 2016, arXiv:1603.07285.
    """

    info = Info("conv1d_transpose", "Transposed 1D", "Learned filters lengthen a series", "Convolution",
                "conv1d_transpose", keywords=("deconvolution", "transposed", "upsample", "decoder", "time"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("filters", "kernel_size")
    filters = Int(default=8, low=1, high=4096, doc="Number of filters: the channels of the output.")
    kernel_size = Int(default=3, low=1, high=4096, doc="Number of steps that a filter lays down.")
    stride = Int(default=1, low=1, high=4096, doc="How much longer the series becomes.")
    padding = Choice(default="valid", options={"valid": "Valid: all that the filters lay down",
                                               "same": "Same: cut off at both ends"},
                     doc="What happens at the ends.")
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="glorot_uniform", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({"filters": 3}, ((4, 2),)),
        Example({"filters": 2, "kernel_size": 4, "stride": 2, "padding": "same", "bias": False}, ((3, 6),)),
        Example({"filters": 2, "kernel_size": 2, "stride": 3}, ((3, 1),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        return self._axis(shapes[0][0]).size, self.filters

    def _axis(self, steps: int) -> Axis:
        """Of the convolution that leads back from the output to the input."""
        over = 0 if self.padding == "same" else max(self.kernel_size - self.stride, 0)
        return Axis(steps * self.stride + over, self.kernel_size, self.stride, padding=self.padding)

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        width, channels = self.kernel_size, shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        weights = {"W": draw(rng, (width, channels, self.filters), width * channels, width * self.filters)}
        return weights | ({"b": np.zeros(self.filters)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return lay_down(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]))

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * self.kernel_size * shapes[0][-1]

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
