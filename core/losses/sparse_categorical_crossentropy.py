"""Categorical cross-entropy against class numbers."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.kinds import Info
from core.losses._base import Array, Loss, LossFrame
from core.losses._crossentropy import TINY, log_softmax, softmax


class SparseCategoricalCrossentropy(Loss):
    """-mean over samples of log p[class]: categorical cross-entropy without one-hot targets.

    Shapes: p (n, k), t (n,) class numbers from 0 to k - 1. PyTorch calls it CrossEntropyLoss (on scores).
    Source: Bishop 2006, section 4.3.4.
    """

    info = Info("sparse_categorical_crossentropy", "Sparse categorical cross-entropy", "For one class of several",
                "Classification", keywords=("softmax", "cross entropy", "nll", "log loss", "classes"))
    activation = "softmax"
    encoding = "label"
    task = "classification"

    def activate(self, z: Array, p: Array) -> None:
        softmax(z, p)

    def bind(self, frame: LossFrame) -> tuple[Callable[[], float], Callable[[], None]]:
        p, z, t, d = frame.p, frame.z, frame.t, frame.d
        n, k = p.shape
        p_flat, d_flat, starts = p.reshape(-1), d.reshape(-1), np.arange(n) * k
        place, picked = np.empty(n, np.intp), frame.scratch((n,))
        share: float = 1.0 / n
        scale: float = 1.0 / n

        def value() -> float:
            np.add(starts, t, place)
            p_flat.take(place, 0, picked, "clip")
            if float(picked.min()) < TINY:
                if z is not None:
                    return _precisely(z, place) * share
                np.maximum(picked, TINY, out=picked)
            np.log(picked, picked)
            return -float(np.add.reduce(picked)) * share

        def gradient() -> None:
            if z is None:
                d.fill(0.0)
                d_flat[place] = -scale / np.maximum(p_flat[place], TINY)
            else:
                np.multiply(p, frame.number(scale), d)
                d_flat[place] -= scale

        return value, gradient


def _precisely(z: Array, place: Array) -> float:
    logs = np.empty_like(z)
    log_softmax(z, logs)
    return -float(logs.reshape(-1)[place].sum())
