"""Categorical cross-entropy against class numbers."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Bound, LossFrame
from core.losses._class_weights import ClassWeighted, weighed
from core.losses._crossentropy import TINY, log_softmax, softmax
from core.losses._smoothing import LABEL_SMOOTHING


class SparseCategoricalCrossentropy(ClassWeighted):
    """-mean over samples of log p[class]: categorical cross-entropy without one-hot targets.

    With label smoothing s, (1 - s) log p[class] + s mean(log p) stands for log p[class].
    Each sample counts as its class does (`class_weights`), and the sum is divided by the number of samples.
    Shapes: p (n, k), t (n,) class numbers from 0 to k - 1. PyTorch calls it CrossEntropyLoss (on scores).
    Source: Bishop 2006, section 4.3.4.
    """

    info = Info("sparse_categorical_crossentropy", "Sparse categorical cross-entropy", "For one class of several",
                "Classification", keywords=("softmax", "cross entropy", "nll", "log loss", "classes"))
    activation = "softmax"
    encoding = "label"
    task = "classification"
    label_smoothing = LABEL_SMOOTHING

    def activate(self, z: Array, p: Array) -> None:
        softmax(z, p)

    def bind(self, frame: LossFrame) -> Bound:
        return self._smooth(frame) if self.label_smoothing else self._sharp(frame)

    def _sharp(self, frame: LossFrame) -> Bound:
        p, z, t, d = frame.p, frame.z, frame.t, frame.d
        n, k = p.shape
        p_flat, d_flat, starts = p.reshape(-1), d.reshape(-1), np.arange(n) * k
        place, picked = np.empty(n, np.intp), frame.scratch((n,))
        share, floor, weigh = frame.per_sample, frame.number(TINY), self.weigh(frame)

        def value() -> float:
            np.add(starts, t, place)
            p_flat.take(place, 0, picked, "clip")
            if z is None:
                np.maximum(picked, floor, out=picked)
                np.log(picked, picked)
            elif float(picked.min()) < TINY:
                _precisely(z, place, picked)
            else:
                np.log(picked, picked)
            if weigh is not None:
                weigh(picked)
            return -float(np.add.reduce(picked)) * share

        def gradient() -> None:
            if z is None:
                d.fill(0.0)
                d_flat[place] = -share / np.maximum(p_flat[place], TINY)
            else:
                np.multiply(p, frame.number(share), d)
                d_flat[place] -= share

        def each() -> Array:
            value()
            return -frame.sums(picked)

        return Bound(value, weighed(gradient, weigh, d), each)

    def _smooth(self, frame: LossFrame) -> Bound:
        p, z, t, d = frame.p, frame.z, frame.t, frame.d
        n, k = p.shape
        starts, place = np.arange(n) * k, np.empty(n, np.intp)
        picked, logs = frame.scratch((n,)), frame.scratch(p.shape)
        even: float = self.label_smoothing / k * frame.per_sample
        sure: float = (1.0 - self.label_smoothing) * frame.per_sample
        floor, weigh = frame.number(TINY), self.weigh(frame)
        every, scale = frame.number(even), frame.number(frame.per_sample)
        d_flat, logs_flat = d.reshape(-1), logs.reshape(-1)

        def value() -> float:
            np.add(starts, t, place)
            if z is None:
                np.maximum(p, floor, out=logs)
                np.log(logs, logs)
            else:
                log_softmax(z, logs)
            if weigh is not None:
                weigh(logs)
            logs_flat.take(place, 0, picked, "clip")
            return -sure * float(np.add.reduce(picked)) - even * float(np.add.reduce(logs_flat))

        def gradient() -> None:
            if z is None:
                d.fill(-every)
                d_flat[place] -= sure
                np.maximum(p, floor, out=logs)
                np.divide(d, logs, d)
            else:
                np.multiply(p, scale, d)
                np.subtract(d, every, d)
                d_flat[place] -= sure

        def each() -> Array:
            value()
            found = frame.sums(picked) * (1.0 - self.label_smoothing)
            return -found - frame.means(np.add.reduce(logs, 1)) * self.label_smoothing

        return Bound(value, weighed(gradient, weigh, d), each)


def _precisely(z: Array, place: Array, picked: Array) -> None:
    """The logarithms at these places, where p is too small to take them of it."""
    logs = np.empty_like(z)
    log_softmax(z, logs)
    logs.reshape(-1).take(place, 0, picked, "clip")
