"""Activity regularisation."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.kinds import Info
from core.layers._base import Array, Example, Frame, Layer, Pass, Shape
from core.params import Float


class ActivityRegularization(Layer):
    """y = x, and training makes l1 * sum(|x|) + l2 * sum(x^2) small too, summed over a sample, averaged over samples.

    The loss that is shown stays that of the data. Behind a layer, l1 leaves few of its neurons active for one sample:
    a sparse code. Keras 2 averages over the samples like this; Keras 3 takes the sum over the whole batch.
    Shapes: x (n, ...) -> y (n, ...). In evaluation the input passes unchanged.
    Source: Goodfellow, Bengio & Courville 2016, Deep learning, section 7.10.
    """

    info = Info("activity_regularization", "Activity penalty", "Keeps the numbers that pass small",
                "Regularisation", "activity_regularization",
                keywords=("regularisation", "regularization", "sparse", "activation", "l1", "l2"))
    badges = ("l1", "l2")
    l1 = Float(default=0.0, low=0.0, high=100.0, log=True, label="L1",
               doc="Adds l1 * sum(|x|) for each sample; 0 turns it off.")
    l2 = Float(default=0.01, low=0.0, high=100.0, log=True, label="L2",
               doc="Adds l2 * sum(x^2) for each sample; 0 turns it off.")
    examples = (Example({"l1": 0.3, "l2": 0.7}, ((6,),)), Example({"l1": 0.2, "l2": 0.0}, ((2, 3),)),
                Example({"l2": 0.5}, ((3,),)), Example({"l1": 0.0, "l2": 0.0}, ((3,),)))

    def infer(self, *shapes: Shape) -> Shape:
        self.need(bool(shapes[0]), "shape.rank", "needs at least one feature.", "Wire it to a layer with features.")
        return shapes[0]

    def passes_through(self, train: bool) -> bool:
        return not train or self.l1 == self.l2 == 0.0

    def penalty(self, xs: Sequence[Array]) -> float:
        (x,) = xs
        return float(self.l1 * np.abs(x).sum() + self.l2 * np.square(x).sum()) / len(x)

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy = frame.x, frame.y, frame.dx, frame.dy
        l1, l2, share = self.l1, self.l2, frame.scratch(y.shape)
        constant, proportional = frame.number(l1 / frame.count), frame.number(2.0 * l2 / frame.count)

        def forward() -> None:
            np.copyto(y, x)

        def backward() -> None:
            if dx is None:
                return
            np.multiply(x, proportional, dx)
            np.add(dx, dy, dx)
            if l1:
                np.sign(x, share)
                np.multiply(share, constant, share)
                np.add(dx, share, dx)

        return forward, backward
