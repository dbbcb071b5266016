"""Mean absolute error."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, Loss, LossFrame


class MeanAbsoluteError(Loss):
    """mean(|p - t|) over samples and outputs, as in Keras and PyTorch (L1Loss). The gradient is 0 where p = t.

    Shapes: p (n, k), t (n, k). Source: Laplace 1774; Huber & Ronchetti 2009, Robust statistics, section 1.1.
    """

    info = Info("mae", "Mean absolute error", "For numbers; outliers count little", "Regression",
                keywords=("l1", "absolute", "median", "robust"))

    def bind(self, frame: LossFrame) -> Bound:
        p, t, d = frame.p, frame.t, frame.d
        error, size = frame.scratch(p.shape), frame.scratch(p.shape)
        flat, share, scale = size.reshape(-1), frame.per_number, frame.number(frame.per_number)

        def value() -> float:
            np.subtract(p, t, error)
            np.abs(error, size)
            return float(np.add.reduce(flat)) * share

        def gradient() -> None:
            np.sign(error, d)
            np.multiply(d, scale, d)

        def each() -> Array:
            value()
            return frame.means(np.add.reduce(size, 1))

        return Bound(value, gradient, each)
