"""Convolution of images, each channel by itself."""
from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.initializers import INITIALIZERS
from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Port, Shape
from core.layers._im2col import bias_backward, bias_forward, nothing
from core.layers._windows import PADDING, Axis, need_image, need_windows, pair
from core.params import Bool, Choice, Int, IntTuple, KindOf


class DepthwiseConv2D(Layer):
    """Filters that see one channel each: y[i, j, c*m + d] = sum of x[i*s + k, j*s + l, c] * W[k, l, c, d] + b[c*m + d].

    m is the multiplier. With a Conv2D of kernel size 1 behind it, this is a separable convolution.
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
    bias = Bool(default=True, doc="Add a learned constant to every filter.")
    initializer = KindOf(default="he_normal", of=INITIALIZERS, doc="How the weights start.")
    examples = (
        Example({}, ((4, 5, 3),)),
        Example({"multiplier": 2, "kernel_size": [3, 2], "padding": "same", "bias": False}, ((4, 3, 2),)),
        Example({"kernel_size": [2], "stride": [2, 3], "padding": "same"}, ((5, 7, 1),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        need_windows(self, rows, cols)
        return rows.out, cols.out, shapes[0][2] * self.multiplier

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        kernel, stride = pair(self.kernel_size), pair(self.stride)
        return (Axis(shape[0], kernel[0], stride[0], padding=self.padding),
                Axis(shape[1], kernel[1], stride[1], padding=self.padding))

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        kernel, channels = pair(self.kernel_size), shapes[0][-1]
        draw = INITIALIZERS[self.initializer.kind](**self.initializer.params).draw
        places = math.prod(kernel)
        weights = {"W": draw(rng, (*kernel, channels, self.multiplier), places, places * self.multiplier)}
        return weights | ({"b": np.zeros(channels * self.multiplier)} if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, W = frame.x, frame.weights["W"]
        y = frame.y.reshape(*frame.y.shape[:3], x.shape[3], self.multiplier)
        share = frame.scratch(y.shape)
        jobs = [(y[out], x[place][..., None], W[at], share[out]) for at, out, place in self._reaches(x.shape)]
        shift = bias_forward(frame, frame.y)

        def forward() -> None:
            y.fill(0.0)
            for total, numbers, weight, product in jobs:
                np.multiply(numbers, weight, product)
                np.add(total, product, total)
            shift()

        return forward, self._backward(frame, share) if frame.gradient else nothing

    def _reaches(self, shape: Shape) -> Iterator[tuple[tuple[int, int], tuple[slice, ...], tuple[slice, ...]]]:
        """For each place of a filter: the windows whose place lies in the image, and where it lies."""
        rows, cols = self._axes(shape[1:])
        every = slice(None)
        for k in range(rows.kernel):
            for l in range(cols.kernel):
                (down, top), (right, left) = rows.reach(k), cols.reach(l)
                yield (k, l), (every, down, right), (every, top, left)

    def _backward(self, frame: Frame, share: Array) -> Pass:
        dy = frame.dy.reshape(share.shape)
        passes = [bias_backward(frame)]
        if "W" in frame.grads:
            passes.append(self._weights_back(frame, dy, share))
        if frame.dx is not None:
            passes.append(self._input_back(frame, frame.dx, dy, share))

        def backward() -> None:
            for run in passes:
                run()

        return backward

    def _weights_back(self, frame: Frame, dy: Array, share: Array) -> Pass:
        dW = frame.grads["W"]
        jobs = [(frame.x[place][..., None], dy[out], share[out], dW[at])
                for at, out, place in self._reaches(frame.x.shape)]

        def backward() -> None:
            for numbers, slope, product, total in jobs:
                np.multiply(numbers, slope, product)
                np.add.reduce(product, (0, 1, 2), out=total)

        return backward

    def _input_back(self, frame: Frame, dx: Array, dy: Array, share: Array) -> Pass:
        W, part = frame.weights["W"], frame.scratch(share.shape[:-1])
        jobs = [(dy[out], W[at], share[out], part[out], dx[place]) for at, out, place in self._reaches(dx.shape)]

        def backward() -> None:
            dx.fill(0.0)
            for slope, weight, product, summed, total in jobs:
                np.multiply(slope, weight, product)
                np.add.reduce(product, -1, out=summed)
                np.add(total, summed, total)

        return backward

    def cost(self, *shapes: Shape) -> int:
        return math.prod(self.infer(*shapes)) * math.prod(pair(self.kernel_size))

    def decays(self) -> frozenset[str]:
        return frozenset({"W"})
