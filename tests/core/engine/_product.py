"""A layer with two inputs, for tests alone: no layer that ships merges branches, but the compiler must be able to."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from core.kinds import Info
from core.layers import LAYERS, Frame, Layer, Pass, Port, Shape


@contextmanager
def product() -> Iterator[str]:
    """Within the block there is a layer y = a * b; gives its kind. Its name stays out of the catalogue otherwise."""
    class Product(Layer):
        """y = a * b."""

        info = Info("private_product", "Product", "a * b", "Basic", "dense")
        inputs = (Port("a"), Port("b"))

        def infer(self, *shapes: Shape) -> Shape:
            self.need(shapes[0] == shapes[1], "shape.differ", "the inputs differ.", "Bring both to the same shape.")
            return shapes[0]

        def bind(self, frame: Frame) -> tuple[Pass, Pass]:
            (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy

            def forward() -> None:
                np.multiply(a, b, y)

            def backward() -> None:
                if da is not None:
                    np.multiply(dy, b, da)
                if db is not None:
                    np.multiply(dy, a, db)

            return forward, backward

    try:
        yield "private_product"
    finally:
        del LAYERS._items["private_product"]
