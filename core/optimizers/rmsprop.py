"""RMSprop."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._base import Array, Optimizer, Update
from core.params import Float


class RMSprop(Optimizer):
    """v = rho * v + (1 - rho) * g^2; w -= rate * g / (sqrt(v) + epsilon), as in PyTorch.

    Defaults are Keras's (rho 0.9, epsilon 1e-7; Keras adds epsilon under the root). PyTorch's are alpha 0.99 and
    eps 1e-8. Source: Tieleman & Hinton 2012, Coursera lecture 6.5.
    """

    info = Info("rmsprop", "RMSprop", "A step size for every weight", keywords=("adaptive",))
    slots = ("v",)
    rho = Float(default=0.9, low=0.0, high=0.9999, doc="Share of the running mean square that is kept.")
    epsilon = Float(default=1e-7, low=1e-12, high=1.0, log=True, advanced=True, doc="Keeps the divisor above 0.")

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        v, kind = slots["v"], w.dtype
        rho, rest, epsilon = (np.asarray(a, kind) for a in (self.rho, 1.0 - self.rho, self.epsilon))

        def update(t: int) -> None:
            np.multiply(v, rho, v)
            np.multiply(g, g, scratch)
            np.multiply(scratch, rest, scratch)
            np.add(v, scratch, v)
            np.sqrt(v, scratch)
            np.add(scratch, epsilon, scratch)
            np.divide(g, scratch, scratch)
            np.multiply(scratch, rate, scratch)
            np.subtract(w, scratch, w)

        return update
