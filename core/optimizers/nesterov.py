"""Nesterov's accelerated gradient."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._base import Array, Update
from core.optimizers._velocity import Velocity


class Nesterov(Velocity):
    """v = momentum * v + g; w -= rate * (g + momentum * v), as PyTorch's SGD with nesterov=True.

    Keras keeps rate * v in its velocity instead: the same steps as long as the learning rate does not change.
    Source: Nesterov 1983; Sutskever et al. 2013, section 2.
    """

    info = Info("nesterov", "Nesterov", "Momentum that looks ahead", keywords=("sgd", "momentum", "nag", "accelerated"))

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        v, keep = slots["v"], np.asarray(self.momentum, w.dtype)

        def update(t: int) -> None:
            np.multiply(v, keep, v)
            np.add(v, g, v)
            np.multiply(v, keep, scratch)
            np.add(scratch, g, scratch)
            np.multiply(scratch, rate, scratch)
            np.subtract(w, scratch, w)

        return update
