"""Stochastic gradient descent."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._base import Array, Optimizer, Update


class SGD(Optimizer):
    """w -= rate * g. Source: Robbins & Monro 1951, A stochastic approximation method."""

    info = Info("sgd", "SGD", "Straight down the gradient", keywords=("gradient descent",))

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        def update(t: int) -> None:
            np.multiply(g, rate, scratch)
            np.subtract(w, scratch, w)

        return update
