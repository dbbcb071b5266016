"""Reshape."""
from __future__ import annotations

import math
from typing import Any

from core.kinds import Info
from core.layers._base import Example, Layer, Shape, show
from core.params import IntTuple


class _Lengths(IntTuple):
    """The lengths of a shape, one of which may be left open."""

    @property
    def wanted(self) -> str:
        return f"{self.shortest} to {self.longest} whole numbers from 1 to {self.high}, one of which may be -1"

    def check(self, value: Any) -> tuple[int, ...]:
        lengths = super().check(value)
        if 0 in lengths or lengths.count(-1) > 1:
            raise self.refuse(value)
        return lengths


class Reshape(Layer):
    """The same numbers in another shape, in the order in which they lie (the last axis runs fastest).

    Shapes: x (n, ...) -> y (n, *target) with as many numbers. Nothing is copied.
    Source: by definition; as Keras's Reshape, whose target leaves the batch out too.
    """

    info = Info("reshape", "Reshape", "The same numbers in another shape", "Basic", "reshape",
                keywords=("view", "shape", "unflatten"))
    badges = ("target",)
    target = _Lengths(default=(-1,), low=-1, shortest=1,
                      doc="Shape of one sample; -1 stands for the length that takes up what is left.")
    examples = (Example({"target": [2, 3]}, ((6,),)), Example({"target": [2, -1, 2]}, ((3, 4),)),
                Example({}, ((2, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        size, named = math.prod(shapes[0]), math.prod(length for length in self.target if length != -1)
        fits = size % named == 0 if -1 in self.target else size == named
        self.need(fits, "shape.size", f"the {size} numbers of {show(shapes[0])} do not fill {show(self.target)}.",
                  f"Choose lengths whose product is {size}, or leave one open with -1.")
        return tuple(size // named if length == -1 else length for length in self.target)

    def passes_through(self, train: bool) -> bool:
        return True
