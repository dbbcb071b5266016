"""Concatenate."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape, show
from core.layers._merge import PORTS
from core.params import Int


class Concatenate(Layer):
    """y holds a, and then b, along one axis; along all others they have the same length.

    Shapes: a (n, ..., p), b (n, ..., q) -> y (n, ..., p + q) on the last axis. As in Keras (whose default is -1)
    and PyTorch (0), the axis counts from the samples, which are axis 0 and stay apart.
    Source: by definition; Huang et al. 2016, arXiv:1608.06993 uses it for dense connections.
    """

    info = Info("concatenate", "Concatenate", "b behind a", "Merge", "concatenate",
                keywords=("concat", "join", "stack", "append", "densenet"))
    inputs = PORTS
    axis = Int(default=-1, low=-4, high=4, doc="Axis along which b follows a: -1 is the last, 1 the first of a sample.")
    examples = (Example({}, ((4,), (2,))), Example({"axis": 1}, ((3, 2), (1, 2))),
                Example({"axis": -2}, ((2, 3), (2, 3))))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(all(shapes), "shape.rank", "needs at least one feature.", "Wire it to layers with features.")
        a, b = shapes
        self.need(len(a) == len(b), "shape.differ", f"the inputs differ, {show(a)} and {show(b)}.",
                  "Bring both to the same number of axes.")
        place = self._place(len(a))
        self.need(0 <= place < len(a), "shape.axis", f"a sample of {show(a)} has no axis {self.axis}.",
                  "Choose -1 for the last axis.")
        self.need(a[:place] == b[:place] and a[place + 1:] == b[place + 1:], "shape.differ",
                  f"the inputs differ not only along axis {self.axis}, {show(a)} and {show(b)}.",
                  "Bring both to the same shape along the other axes.")
        return (*a[:place], a[place] + b[place], *a[place + 1:])

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        (a, b), (da, db) = frame.xs, frame.dxs
        ya, yb = self._parts(frame.y, a)
        dya, dyb = self._parts(frame.dy, a) if frame.gradient else (frame.dy, frame.dy)

        def forward() -> None:
            np.copyto(ya, a)
            np.copyto(yb, b)

        def backward() -> None:
            if da is not None:
                np.copyto(da, dya)
            if db is not None:
                np.copyto(db, dyb)

        return forward, backward

    def _place(self, rank: int) -> int:
        """The axis of a sample, counted from 0; out of range if there is no such."""
        return self.axis - 1 if self.axis >= 0 else self.axis + rank

    def _parts(self, whole: Array, a: Array) -> tuple[Array, Array]:
        axis = 1 + self._place(whole.ndim - 1)
        before = (slice(None),) * axis
        cut = a.shape[axis]
        return whole[(*before, slice(None, cut))], whole[(*before, slice(cut, None))]
