"""Longer series by repetition."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._enlarge import repeat
from core.layers._windows import lifted, need_series
from core.params import Int


class UpSampling1D(Layer):
    """Every step becomes several equal ones: y[i] = x[floor(i / size)].

    Shapes: x (n, t, c) -> y (n, t * size, c). The same as Keras's, and as PyTorch's Upsample with mode "nearest".
    Errors: ShapeError if the input is not (steps, channels).
    Source: Odena, Dumoulin & Olah 2016, Deconvolution and checkerboard artifacts.
    """

    info = Info("up_sampling1d", "UpSampling1D", "Repeats the steps of a series", "Convolution", "up_sampling1d",
                keywords=("upsample", "nearest", "repeat", "lengthen", "decoder", "time"))
    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("size",)
    size = Int(default=2, low=1, high=64, doc="How often a step is repeated.")
    examples = (Example({}, ((3, 2),)), Example({"size": 3}, ((2, 1),)), Example({"size": 1}, ((2, 3),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        return shapes[0][0] * self.size, shapes[0][1]

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return repeat(lifted(frame), 1, self.size)
