"""PReLU."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._activation import Activation
from core.layers._base import Array, Example, Frame, Pass, Shape
from core.params import Bool, Float


class PReLU(Activation):
    """y = x if x > 0, else slope * x, with a slope that is learned.

    Shapes: x (n, ..., f) -> y (n, ..., f); slope (1,) if `shared`, else (f,). PyTorch starts the slope at 0.25 as
    here and shares it unless told otherwise; Keras starts it at 0 and has one for every number of a sample.
    L2 regularisation leaves the slope alone, as the source advises.
    Source: He et al. 2015, arXiv:1502.01852.
    """

    info = Info("prelu", "PReLU", "x, or learned slope * x", "Activation", "prelu",
                keywords=("parametric relu", "rectifier", "learned"))
    shared = Bool(default=True, doc="Learn one slope for everything instead of one for each feature of the last axis.")
    init = Float(default=0.25, low=0.0, high=1.0, label="Initial slope", doc="Slope for negative inputs at the start.")
    examples = (Example(shapes=((6,),)), Example({"shared": False}, ((6,),)), Example(shapes=((3, 2),)),
                Example({"shared": False, "init": 0.0}, ((3, 2),)))

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        return {"slope": np.full(1 if self.shared else shapes[0][-1], self.init)}

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        x, y, dx, dy, zero, one = frame.x, frame.y, frame.dx, frame.dy, frame.number(0.0), frame.number(1.0)
        slope, spare = frame.weights["slope"], frame.scratch(y.shape)
        learn = _learning(frame) if frame.gradient and frame.grads else None

        def forward() -> None:
            np.minimum(x, zero, out=spare)
            np.multiply(spare, slope, spare)
            np.maximum(x, zero, out=y)
            np.add(y, spare, y)

        def backward() -> None:
            if learn is not None:
                learn()
            if dx is not None:
                np.greater(x, zero, spare)
                np.multiply(spare, one - slope, spare)
                np.add(spare, slope, spare)
                np.multiply(spare, dy, dx)

        return forward, backward


def _learning(frame: Frame) -> Pass:
    """Fills the gradient of the slope: the sum of dy * x wherever x is below 0."""
    x, dy, total, zero = frame.x, frame.dy, frame.grads["slope"], frame.number(0.0)
    below = frame.scratch(x.shape)
    rows = below.reshape(-1, len(total))
    ones = np.ones(len(rows), below.dtype)

    def learn() -> None:
        np.minimum(x, zero, out=below)
        np.multiply(below, dy, below)
        ones.dot(rows, total)

    return learn
