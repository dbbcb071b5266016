"""Permute."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Shape, show
from core.params import IntTuple


class Permute(Layer):
    """The axes of a sample in another order: axis i of y is axis dims[i] of x.

    Shapes: x (n, *s) -> y (n, s[dims[0] - 1], s[dims[1] - 1], ...). Axes count from 1, as in Keras's Permute;
    PyTorch's permute counts from 0 and names the batch as well.
    Source: by definition.
    """

    info = Info("permute", "Permute", "The axes in another order", "Basic", "permute",
                keywords=("transpose", "axes", "swap", "channels first", "channels last"))
    badges = ("dims",)
    dims = IntTuple(default=(), high=4, special="reversed",
                     doc="The axes of a sample in their new order, counted from 1; empty reverses them.")
    examples = (Example({"dims": [2, 1]}, ((3, 2),)), Example({"dims": [3, 1, 2]}, ((2, 3, 4),)),
                Example({}, ((2, 3, 4),)), Example({}, ((4,),)))

    def infer(self, *shapes: Shape) -> Shape:
        shape = shapes[0]
        self.need(bool(shape), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        axes = range(1, len(shape) + 1)
        self.need(not self.dims or sorted(self.dims) == list(axes), "shape.axes",
                  f"the order {show(self.dims)} does not name each of the {len(shape)} axes of {show(shape)} once.",
                  f"Put {', '.join(map(str, axes))} into the order that you want.")
        return tuple(shape[axis - 1] for axis in self._axes(len(shape)))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        axes = (0, *self._axes(frame.x.ndim - 1))
        turned, y, dy = frame.x.transpose(axes), frame.y, frame.dy
        arriving = None if frame.dx is None else frame.dx.transpose(axes)

        def forward() -> None:
            np.copyto(y, turned)

        def backward() -> None:
            if arriving is not None:
                np.copyto(arriving, dy)

        return forward, backward

    def _axes(self, rank: int) -> Shape:
        return self.dims or tuple(range(rank, 0, -1))
