"""What the layers with two inputs of one shape share."""
from __future__ import annotations

from core.layers._base import Example, Layer, Port, Shape, show

PORTS = (Port("a", "the first input"), Port("b", "the second input"))


class Merge(Layer):
    """Two arrays of the same shape, number by number. Shapes: a, b (n, ...) -> y (n, ...)."""

    inputs = PORTS
    examples = (Example(shapes=((4,), (4,))), Example(shapes=((3, 2), (3, 2))))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(all(shapes), "shape.rank", "needs at least one feature.", "Wire it to layers with features.")
        a, b = shapes
        self.need(a == b, "shape.differ", f"the inputs differ, {show(a)} and {show(b)}.",
                  "Bring both to the same shape.")
        return a
