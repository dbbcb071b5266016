"""Mean squared error."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, Loss, LossFrame


class MeanSquaredError(Loss):
    """mean((p - t)^2) over samples and outputs, as in Keras and PyTorch.

    Shapes: p (n, k), t (n, k). Source: Legendre 1805; Bishop 2006, section 1.1.
    """

    info = Info("mse", "Mean squared error", "For numbers; punishes large errors", "Regression",
                keywords=("l2", "squared", "regression"))

    def bind(self, frame: LossFrame) -> Bound:
        p, t, d = frame.p, frame.t, frame.d
        error = frame.scratch(p.shape)
        flat, share, twice = error.reshape(-1), frame.per_number, frame.number(2.0 * frame.per_number)

        def value() -> float:
            np.subtract(p, t, error)
            return float(flat.dot(flat)) * share

        def gradient() -> None:
            np.multiply(error, twice, d)

        def each() -> Array:
            value()
            return frame.means(np.vecdot(error, error))

        return Bound(value, gradient, each)
