"""Binary cross-entropy."""
from __future__ import annotations

import numpy as np

from core.errors import Problem
from core.kinds import Info
from core.losses._base import Array, Bound, LossFrame
from core.losses._class_weights import ClassWeighted, Weigh, weighed
from core.losses._sigmoid import sigmoid
from core.losses._smoothing import LABEL_SMOOTHING, smoothed

TINY = 1e-7


class BinaryCrossentropy(ClassWeighted):
    """-mean(t log p + (1 - t) log(1 - p)) over samples and outputs.

    From scores z (after a sigmoid, or with none): log(1 + exp(-|z|)) + z ([z > 0] - t), which keeps every digit,
    with gradient (p - t). From probabilities of another origin, p is kept within 1e-7 of 0 and 1, as Keras does
    (PyTorch bounds the logarithm at -100 instead). With label smoothing s, as in Keras, t is t (1 - s) + s / 2.
    `class_weights` are two numbers, for target 0 and target 1; the sum is still divided by the number of targets.
    Shapes: p (n, k), t (n, k) in [0, 1].
    Source: Bishop 2006, section 4.3.2.
    """

    info = Info("binary_crossentropy", "Binary cross-entropy", "For yes or no; wants a sigmoid", "Classification",
                keywords=("bce", "log loss", "logistic", "two classes"))
    activation = "sigmoid"
    task = "classification"
    label_smoothing = LABEL_SMOOTHING

    def problems(self, classes: int) -> list[Problem]:
        return self._unless_as_many_as(2, "for no and for yes")

    def weigh(self, frame: LossFrame) -> Weigh | None:
        if not self.class_weights:
            return None
        no, yes = self.class_weights
        t, weights, least, more = frame.t, frame.scratch(frame.p.shape), frame.number(no), frame.number(yes - no)

        def weigh(values: Array) -> None:
            np.multiply(t, more, weights)
            np.add(weights, least, weights)
            np.multiply(values, weights, values)

        return weigh

    def activate(self, z: Array, p: Array) -> None:
        sigmoid(z, p)

    def bind(self, frame: LossFrame) -> Bound:
        return self._from_probabilities(frame) if frame.z is None else self._from_scores(frame, frame.z)

    def _from_scores(self, frame: LossFrame, z: Array) -> Bound:
        p, d, zero, minus = frame.p, frame.d, frame.number(0.0), frame.number(-1.0)
        t, refresh = smoothed(frame, self.label_smoothing, 2)
        tail, wrong = frame.scratch(p.shape), frame.scratch(p.shape)
        share, scale, weigh = frame.per_number, frame.number(frame.per_number), self.weigh(frame)
        tail_flat, wrong_flat, z_flat, add = tail.reshape(-1), wrong.reshape(-1), z.reshape(-1), np.add.reduce

        def value() -> float:
            if refresh is not None:
                refresh()
            np.copysign(z, minus, tail)
            np.logaddexp(tail, zero, tail)
            np.greater(z, zero, wrong)
            np.subtract(wrong, t, wrong)
            if weigh is not None:
                weigh(tail)
                weigh(wrong)
            return (float(add(tail_flat)) + float(wrong_flat.dot(z_flat))) * share

        def gradient() -> None:
            np.subtract(p, t, d)
            np.multiply(d, scale, d)

        def each() -> Array:
            value()
            return frame.means(np.add.reduce(tail, 1)) + frame.means(np.vecdot(wrong, z))

        return Bound(value, weighed(gradient, weigh, d), each)

    def _from_probabilities(self, frame: LossFrame) -> Bound:
        d, share, one, weigh = frame.d, frame.per_number, frame.number(1.0), self.weigh(frame)
        t, refresh = smoothed(frame, self.label_smoothing, 2)
        p, q, yes, no = (frame.scratch(frame.p.shape) for _ in range(4))

        def value() -> float:
            if refresh is not None:
                refresh()
            np.clip(frame.p, TINY, 1.0 - TINY, out=p)
            np.log(p, yes)
            np.multiply(yes, t, yes)
            np.negative(p, no)
            np.log1p(no, no)
            np.subtract(one, t, q)
            np.multiply(no, q, no)
            np.add(yes, no, no)
            if weigh is not None:
                weigh(no)
            return -float(np.add.reduce(no, axis=None)) * share

        def gradient() -> None:
            np.subtract(one, p, q)
            np.multiply(q, p, q)
            np.subtract(p, t, d)
            np.divide(d, q, d)
            np.multiply(d, share, d)

        def each() -> Array:
            value()
            return -frame.means(np.add.reduce(no, 1))

        return Bound(value, weighed(gradient, weigh, d), each)
