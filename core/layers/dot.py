"""Dot."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape, show
from core.layers._merge import PORTS
from core.params import Bool

TINY = 1e-7


class Dot(Layer):
    """y = sum of a * b; with `normalize`, of a / |a| and b / |b|: the cosine of the angle between them.

    Shapes: a, b (n, f) -> y (n, 1), as Keras's Dot on the last axis of two rows. A row shorter than 1e-7 has no
    direction: its cosine and its gradient are 0 (Keras divides by 1e-7).
    Source: Salton, Wong & Yang 1975, A vector space model for automatic indexing (cosine similarity).
    """

    info = Info("dot", "Dot", "Sum of a * b", "Merge", "dot",
                keywords=("inner product", "scalar product", "cosine", "similarity", "siamese"))
    inputs = PORTS
    badges = ("normalize",)
    normalize = Bool(default=False, doc="Divide each row by its length, which gives the cosine.")
    examples = (Example({}, ((4,), (4,))), Example({"normalize": True}, ((4,), (4,))))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(all(shapes), "shape.rank", "needs at least one feature.", "Wire it to layers with features.")
        a, b = shapes
        self.need(a == b, "shape.differ", f"the inputs differ, {show(a)} and {show(b)}.",
                  "Bring both to the same shape.")
        self.need(len(a) == 1, "shape.rank", f"needs one row of numbers per sample, but gets {show(a)}.",
                  "Put a Flatten layer before each input.")
        return (1,)

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return _cosine(frame) if self.normalize else _product(frame)

    def cost(self, *shapes: Shape) -> int:
        return shapes[0][0] * (3 if self.normalize else 1)


def _product(frame: Frame) -> tuple[Pass, Pass]:
    (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy
    sums = y[:, 0]

    def forward() -> None:
        np.einsum("ij,ij->i", a, b, out=sums)

    def backward() -> None:
        if da is not None:
            np.multiply(dy, b, da)
        if db is not None:
            np.multiply(dy, a, db)

    return forward, backward


def _cosine(frame: Frame) -> tuple[Pass, Pass]:
    """d cos / da = (b / |b| - cos * a / |a|) / |a|, and the other way round."""
    (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy
    unit_a, unit_b = frame.scratch(a.shape), frame.scratch(b.shape)
    shrink_a, shrink_b = frame.scratch(y.shape), frame.scratch(y.shape)
    direct_a, direct_b, sums = _direction(frame, a, unit_a, shrink_a), _direction(frame, b, unit_b, shrink_b), y[:, 0]

    def forward() -> None:
        direct_a()
        direct_b()
        np.einsum("ij,ij->i", unit_a, unit_b, out=sums)

    def hand_down(own: Array, other: Array, shrink: Array, dx: Array) -> None:
        np.multiply(own, y, dx)
        np.subtract(other, dx, dx)
        np.multiply(dx, shrink, dx)
        np.multiply(dx, dy, dx)

    def backward() -> None:
        if da is not None:
            hand_down(unit_a, unit_b, shrink_a, da)
        if db is not None:
            hand_down(unit_b, unit_a, shrink_b, db)

    return forward, backward


def _direction(frame: Frame, x: Array, unit: Array, shrink: Array) -> Pass:
    """Fills `unit` with x / |x| and `shrink` with 1 / |x|; with 0 where x is too short to have a direction."""
    one, tiny, long = frame.number(1.0), frame.number(TINY), frame.scratch(shrink.shape, np.bool_)
    squares = shrink[:, 0]

    def direct() -> None:
        np.einsum("ij,ij->i", x, x, out=squares)
        np.sqrt(shrink, shrink)
        np.greater(shrink, tiny, long)
        np.maximum(shrink, tiny, out=shrink)
        np.divide(one, shrink, shrink)
        np.multiply(shrink, long, shrink)
        np.multiply(x, shrink, unit)

    return direct
