"""Largest number of whole series."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._pooling import largest_of_all
from core.layers._windows import need_series


class GlobalMaxPool1D(Layer):
    """y = the largest x over all steps: one number for each channel.

    Shapes: x (n, t, c) -> y (n, c), as in Keras; PyTorch's AdaptiveMaxPool1d(1) gives (n, c, 1). As there, the first
    of equal largest numbers takes the gradient; in Keras they share it.
    Errors: ShapeError if the input is not (steps, channels).
    Source: Collobert et al. 2011, Natural language processing (almost) from scratch.
    """

    info = Info("global_max_pool1d", "GlobalMaxPool1D", "The largest number over time", "Pooling",
                "global_max_pool1d", keywords=("gmp", "pooling", "maximum", "adaptive", "series", "time"))
    inputs = (Port("x", "a series: steps, channels"),)
    examples = (Example(shapes=((4, 2),)), Example(shapes=((1, 3),)), Example(shapes=((6, 1),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        return shapes[0][1:]

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return largest_of_all(frame)
