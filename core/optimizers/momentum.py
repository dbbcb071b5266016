"""Gradient descent with momentum."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._base import Array, Update
from core.optimizers._velocity import Velocity


class Momentum(Velocity):
    """v = momentum * v + g; w -= rate * v, as in PyTorch.

    Keras keeps rate * v in its velocity instead: the same steps as long as the learning rate does not change.
    Source: Polyak 1964; Sutskever et al. 2013.
    """

    info = Info("momentum", "Momentum", "SGD that keeps rolling", keywords=("sgd", "heavy ball"))

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        v, keep = slots["v"], np.asarray(self.momentum, w.dtype)

        def update(t: int) -> None:
            np.multiply(v, keep, v)
            np.add(v, g, v)
            np.multiply(v, rate, scratch)
            np.subtract(w, scratch, w)

        return update
