"""Categorical cross-entropy against one-hot targets."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, LossFrame
from core.losses._class_weights import ClassWeighted, weighed
from core.losses._crossentropy import TINY, log_softmax, softmax
from core.losses._smoothing import LABEL_SMOOTHING, smoothed


class CategoricalCrossentropy(ClassWeighted):
    """-mean over samples of sum(t log p).

    From scores z (after a softmax, or with none) through log-softmax, with gradient (p - t); from probabilities of
    another origin, p is kept above 1e-7, as Keras does. With label smoothing s, t is t (1 - s) + s / k.
    Each sample counts as its class does (`class_weights`), and the sum is divided by the number of samples.
    Shapes: p (n, k), t (n, k) one-hot.
    Source: Bishop 2006, section 4.3.4.
    """

    info = Info("categorical_crossentropy", "Categorical cross-entropy", "For one class of several, one-hot",
                "Classification", keywords=("softmax", "log loss", "nll", "one-hot"))
    activation = "softmax"
    encoding = "one_hot"
    task = "classification"
    label_smoothing = LABEL_SMOOTHING

    def activate(self, z: Array, p: Array) -> None:
        softmax(z, p)

    def bind(self, frame: LossFrame) -> Bound:
        p, z, d = frame.p, frame.z, frame.d
        t, refresh = smoothed(frame, self.label_smoothing, p.shape[1])
        logs = frame.scratch(p.shape)
        flat, t_flat, share = logs.reshape(-1), t.reshape(-1), frame.per_sample
        scale, floor, weigh = frame.number(share), frame.number(TINY), self.weigh(frame)

        def value() -> float:
            if refresh is not None:
                refresh()
            if z is None:
                np.maximum(p, floor, out=logs)
                np.log(logs, logs)
            else:
                log_softmax(z, logs)
            if weigh is not None:
                weigh(logs)
            return -float(flat.dot(t_flat)) * share

        def gradient() -> None:
            if z is None:
                np.maximum(p, floor, out=d)
                np.divide(t, d, d)
                np.negative(d, d)
            else:
                np.subtract(p, t, d)
            np.multiply(d, scale, d)

        def each() -> Array:
            value()
            return -frame.sums(np.vecdot(logs, t))

        return Bound(value, weighed(gradient, weigh, d), each)
