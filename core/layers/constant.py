"""A constant."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Shape
from core.params import Float, IntTuple


class Constant(Layer):
    """The same number everywhere, for every sample: something to add, to multiply with, or to learn from nothing.

    Shapes: -> y (n, *shape). It has no input; the gradient ends here. Source: by definition.
    """

    info = Info("constant", "Constant", "The same number everywhere", "Inputs & outputs", "constant",
                keywords=("number", "value", "fill", "ones", "zeros", "bias"))
    inputs = ()
    badges = ("value", "shape")
    value = Float(default=1.0, low=-1e6, high=1e6, doc="The number.")
    shape = IntTuple(default=(1,), shortest=1, doc="Shape for one sample.")
    examples = (Example({}, ()), Example({"value": -2.5, "shape": [2, 3]}, ()))

    def infer(self, *shapes: Shape) -> Shape:
        return self.shape

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        y, value = frame.y, self.value

        def forward() -> None:
            y.fill(value)

        def backward() -> None:
            """Nobody stands before it."""

        return forward, backward
