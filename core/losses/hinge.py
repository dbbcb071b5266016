"""Hinge loss."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, Loss, LossFrame
from core.losses._sigmoid import sigmoid
from core.params import Bool

TINY = 1e-7


class Hinge(Loss):
    """mean(max(0, 1 - s z)) over samples and outputs, where s is -1 for target 0 and 1 for target 1.

    z is the score, before a sigmoid or with none, as in a support vector machine; the sigmoid plays no part in
    the loss and only puts the border between the classes, z = 0, at p = 1/2. From probabilities of another origin,
    z = log(p / (1 - p)), with p kept within 1e-7 of 0 and 1. Keras has the same, and names the square of each term
    squared_hinge; PyTorch's HingeEmbeddingLoss is something else. Shapes: p (n, k), t (n, k) of 0 and 1.
    Source: Cortes & Vapnik 1995; Rosasco et al. 2004, Are loss functions all the same?
    """

    info = Info("hinge", "Hinge", "For yes or no with a margin", "Classification",
                keywords=("svm", "margin", "support vector", "two classes"))
    activation = "sigmoid"
    task = "classification"
    squared = Bool(default=False, doc="Square what each sample lacks of the margin.")

    def activate(self, z: Array, p: Array) -> None:
        sigmoid(z, p)

    def bind(self, frame: LossFrame) -> Bound:
        p, t, d, one, two = frame.p, frame.t, frame.d, frame.number(1.0), frame.number(2.0)
        low, high = frame.number(TINY), frame.number(1.0 - TINY)
        sign, lack, score = (frame.scratch(p.shape) for _ in range(3))
        flat, share, scale = lack.reshape(-1), frame.per_number, frame.number(-frame.per_number)
        squared = self.squared

        def scores() -> Array:
            if frame.z is not None:
                return frame.z
            np.clip(p, low, high, out=score)
            np.subtract(one, score, lack)
            np.divide(score, lack, score)
            return np.log(score, score)

        def value() -> float:
            z = scores()
            np.multiply(t, two, sign)
            np.subtract(sign, one, sign)
            np.multiply(sign, z, lack)
            np.subtract(one, lack, lack)
            np.maximum(lack, 0.0, out=lack)
            return float(flat.dot(flat) if squared else np.add.reduce(flat)) * share

        def gradient() -> None:
            if squared:
                np.multiply(lack, two, d)
            else:
                np.sign(lack, d)
            np.multiply(d, sign, d)
            np.multiply(d, scale, d)
            if frame.z is None:
                np.clip(p, low, high, out=score)
                np.divide(d, score, d)
                np.subtract(one, score, score)
                np.divide(d, score, d)

        def each() -> Array:
            value()
            return frame.means(np.vecdot(lack, lack) if squared else np.add.reduce(lack, 1))

        return Bound(value, gradient, each)
