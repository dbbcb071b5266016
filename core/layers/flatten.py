"""Flatten."""
from __future__ import annotations

import math

from core.kinds import Info
from core.layers._base import Example, Layer, Shape


class Flatten(Layer):
    """All numbers of a sample in one row, in the order in which they lie (the last axis runs fastest).

    Shapes: x (n, ...) -> y (n, product of ...). Nothing is copied.
    Source: by definition.
    """

    info = Info("flatten", "Flatten", "All numbers in one row", "Basic", "flatten",
                keywords=("reshape", "vector", "unroll", "ravel"))
    examples = (Example(shapes=((3, 2),)), Example(shapes=((4,),)), Example(shapes=((2, 3, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return (math.prod(shapes[0]),)

    def passes_through(self, train: bool) -> bool:
        return True
