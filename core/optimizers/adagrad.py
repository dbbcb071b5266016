"""AdaGrad."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._base import Array, Optimizer, Update
from core.params import Float


class AdaGrad(Optimizer):
    """v += g^2; w -= rate * g / (sqrt(v) + epsilon), as in PyTorch.

    Defaults are PyTorch's (v starts at 0, epsilon 1e-10); in Keras v starts at 0.1, and epsilon, 1e-7, is added
    under the root. Source: Duchi, Hazan & Singer 2011, Adaptive subgradient methods.
    """

    info = Info("adagrad", "AdaGrad", "Smaller steps for often used weights", keywords=("adaptive", "sparse"))
    slots = ("v",)
    epsilon = Float(default=1e-10, low=1e-12, high=1.0, log=True, advanced=True, doc="Keeps the divisor above 0.")

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        v, epsilon = slots["v"], np.asarray(self.epsilon, w.dtype)

        def update(t: int) -> None:
            np.multiply(g, g, scratch)
            np.add(v, scratch, v)
            np.sqrt(v, scratch)
            np.add(scratch, epsilon, scratch)
            np.divide(g, scratch, scratch)
            np.multiply(scratch, rate, scratch)
            np.subtract(w, scratch, w)

        return update
