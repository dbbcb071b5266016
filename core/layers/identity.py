"""Identity."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Layer, Shape


class Identity(Layer):
    """y = x: a place in the drawing to branch from, to name, or to look at. It costs nothing.

    Shapes: x (n, ...) -> y (n, ...).
    Source: by definition.
    """

    info = Info("identity", "Identity", "y = x", "Basic", "identity",
                keywords=("pass", "noop", "reroute", "skip", "residual"))
    examples = (Example(shapes=((4,),)), Example(shapes=((3, 2),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]

    def passes_through(self, train: bool) -> bool:
        return True
