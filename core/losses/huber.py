"""Huber loss."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, Loss, LossFrame
from core.params import Float


class Huber(Loss):
    """mean(h(p - t)): h(e) = e^2 / 2 up to |e| = delta, delta (|e| - delta / 2) beyond, as in Keras and PyTorch.

    With c the error e bounded to [-delta, delta], h(e) = c e - c^2 / 2, and its slope is c.
    Shapes: p (n, k), t (n, k). Source: Huber 1964, Robust estimation of a location parameter.
    """

    info = Info("huber", "Huber", "Squared when near, absolute when far", "Regression",
                keywords=("smooth l1", "robust", "outliers"))
    delta = Float(default=1.0, low=1e-6, high=1e6, log=True, doc="Error from which on the loss grows in a line.")

    def bind(self, frame: LossFrame) -> Bound:
        p, t, d = frame.p, frame.t, frame.d
        error, bounded = frame.scratch(p.shape), frame.scratch(p.shape)
        error_flat, flat, share = error.reshape(-1), bounded.reshape(-1), frame.per_number
        scale, high, low = frame.number(share), frame.number(self.delta), frame.number(-self.delta)

        def value() -> float:
            np.subtract(p, t, error)
            np.minimum(error, high, out=bounded)
            np.maximum(bounded, low, out=bounded)
            return (float(flat.dot(error_flat)) - 0.5 * float(flat.dot(flat))) * share

        def gradient() -> None:
            np.multiply(bounded, scale, d)

        def each() -> Array:
            value()
            return frame.means(np.vecdot(bounded, error)) - 0.5 * frame.means(np.vecdot(bounded, bounded))

        return Bound(value, gradient, each)
