"""Largest of a window, images."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._pooling import max_pool
from core.layers._windows import PADDING_POOL, Axis, need_image, need_windows, pair
from core.params import Choice, IntTuple


class MaxPool2D(Layer):
    """y[i, j] = the largest x in the window that starts at (i * stride, j * stride), for each channel.

    Shapes: x (n, h, w, c) -> y (n, rows, columns, c). With padding "valid" rows = floor((h - height) / stride) + 1;
    with "same" rows = ceil(h / stride).
    As in Keras, padding "same" puts an odd place behind; PyTorch pads both sides alike by a given number. As in both,
    of equal largest numbers the first, line by line, takes the gradient.
    Errors: ShapeError if the input is not (height, width, channels) or is smaller than a window.
    Source: Scherer, Müller & Behnke 2010, Evaluation of pooling operations in convolutional architectures.
    """

    info = Info("max_pool2d", "MaxPool2D", "The largest number of each window", "Pooling", "max_pool2d",
                keywords=("pooling", "maximum", "downsample", "subsample", "image"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("pool_size",)
    pool_size = IntTuple(default=(2, 2), high=256, shortest=1, longest=2,
                         doc="Height and width of a window, or one number for both.")
    stride = IntTuple(default=(), high=256, longest=2, special="as the window",
                      doc="Steps down and to the right from window to window; empty takes the size of the window.")
    padding = Choice(default="valid", options=PADDING_POOL, doc="What happens at the border.")
    examples = (
        Example({}, ((4, 6, 3),)),
        Example({}, ((5, 7, 2),)),
        Example({"pool_size": [3], "stride": [2], "padding": "same"}, ((6, 7, 2),)),
        Example({"pool_size": [3, 2], "stride": [1, 3]}, ((4, 6, 1),)),
        Example({"pool_size": [1, 4], "padding": "same"}, ((3, 5, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        need_windows(self, rows, cols)
        return rows.out, cols.out, shapes[0][2]

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        size, stride = pair(self.pool_size), pair(self.stride or self.pool_size)
        return (Axis(shape[0], size[0], stride[0], padding=self.padding),
                Axis(shape[1], size[1], stride[1], padding=self.padding))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return max_pool(frame, *self._axes(frame.x.shape[1:]))
