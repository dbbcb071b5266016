"""What the activations share: same shape out as in, no weights, one array of slopes at most."""
from __future__ import annotations

from typing import ClassVar

from core.layers._base import Example, Layer, Shape


class Activation(Layer):
    """A function applied to every number by itself. Shapes: x (n, ...) -> y (n, ...)."""

    examples: ClassVar[tuple[Example, ...]] = (Example(shapes=((6,),)), Example(shapes=((3, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]
