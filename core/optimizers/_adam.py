"""What Adam and its relatives share: both running means, and their parameters."""
from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from core.optimizers._base import Array, Optimizer, Update
from core.params import Float


class AdamFamily(Optimizer):
    """The slots hold m / (1 - beta1) and v / (1 - beta2): two passes over memory less, and the same steps."""

    slots = ("m", "v")
    beta1 = Float(default=0.9, low=0.0, high=0.9999, doc="Share of the running mean of gradients that is kept.")
    beta2 = Float(default=0.999, low=0.0, high=0.999999, doc="Share of the running mean square that is kept.")
    epsilon = Float(default=1e-8, low=1e-12, high=1.0, log=True, advanced=True, doc="Keeps the divisor above 0.")

    def told(self, slots: Mapping[str, Array]) -> dict[str, Array]:
        return {"m": slots["m"] * np.asarray(1.0 - self.beta1, slots["m"].dtype),
                "v": slots["v"] * np.asarray(1.0 - self.beta2, slots["v"].dtype)}

    def adam(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        """The step of Adam; arguments as of `bind`."""
        m, v, kind = slots["m"], slots["v"], w.dtype
        beta1, beta2 = np.asarray(self.beta1, kind), np.asarray(self.beta2, kind)
        step, epsilon = np.zeros((), kind), np.zeros((), kind)

        def update(t: int) -> None:
            root = math.sqrt((1.0 - self.beta2**t) / (1.0 - self.beta2))
            step[()] = float(rate) * root * (1.0 - self.beta1) / (1.0 - self.beta1**t)
            epsilon[()] = self.epsilon * root
            np.multiply(m, beta1, m)
            np.add(m, g, m)
            np.multiply(v, beta2, v)
            np.multiply(g, g, scratch)
            np.add(v, scratch, v)
            np.sqrt(v, scratch)
            np.add(scratch, epsilon, scratch)
            np.divide(m, scratch, scratch)
            np.multiply(scratch, step, scratch)
            np.subtract(w, scratch, w)

        return update
