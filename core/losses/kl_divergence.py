"""Kullback-Leibler divergence."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, Loss, LossFrame
from core.losses._crossentropy import TINY, log_softmax, softmax


class KLDivergence(Loss):
    """mean over samples of sum(t log(t / p)), where 0 log 0 is 0: what p lacks of saying as much as t.

    For one-hot targets it is categorical cross-entropy. From scores (after a softmax, or with none) through
    log-softmax, with gradient (p - t); from probabilities of another origin, p is kept above 1e-7, as Keras does.
    PyTorch calls it KLDivLoss, wants log p, and averages like this with reduction "batchmean".
    Shapes: p (n, k), t (n, k) shares that sum to 1. Source: Kullback & Leibler 1951, On information and sufficiency.
    """

    info = Info("kl_divergence", "KL divergence", "How far from the wanted distribution", "Classification",
                keywords=("kullback", "leibler", "relative entropy", "softmax", "distribution"))
    activation = "softmax"
    encoding = "one_hot"
    task = "classification"

    def activate(self, z: Array, p: Array) -> None:
        softmax(z, p)

    def bind(self, frame: LossFrame) -> Bound:
        p, z, t, d = frame.p, frame.z, frame.t, frame.d
        logs, own = frame.scratch(p.shape), frame.scratch(p.shape)
        floor, least = frame.number(TINY), frame.number(np.finfo(p.dtype).tiny)
        share, scale = frame.per_sample, frame.number(frame.per_sample)
        flat, t_flat = own.reshape(-1), t.reshape(-1)

        def value() -> float:
            if z is None:
                np.maximum(p, floor, out=logs)
                np.log(logs, logs)
            else:
                log_softmax(z, logs)
            np.maximum(t, least, out=own)
            np.log(own, own)
            np.subtract(own, logs, own)
            return float(flat.dot(t_flat)) * share

        def gradient() -> None:
            if z is None:
                np.maximum(p, floor, out=logs)
                np.divide(t, logs, d)
                np.negative(d, d)
            else:
                np.subtract(p, t, d)
            np.multiply(d, scale, d)

        def each() -> Array:
            value()
            return frame.sums(np.vecdot(own, t))

        return Bound(value, gradient, each)
