"""Lion."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._base import Array, Optimizer, Update
from core.params import Float


class Lion(Optimizer):
    """w -= rate * (sign(beta1 m + (1 - beta1) g) + weight_decay * w), then m = beta2 m + (1 - beta2) g.

    Every weight moves by the same length, so that learning rates are 3 to 10 times smaller than Adam's. Defaults are
    the paper's and Keras's; PyTorch has no Lion. The slot holds m / (1 - beta2), which gives the same steps.
    Source: Chen et al. 2023, arXiv:2302.06675, algorithm 2.
    """

    info = Info("lion", "Lion", "Only the sign of the momentum counts", keywords=("sign", "evolved"))
    slots = ("m",)
    beta1 = Float(default=0.9, low=0.0, high=0.9999, doc="Weight of the running mean in the direction of a step.")
    beta2 = Float(default=0.99, low=0.0, high=0.9999, doc="Share of the running mean of gradients that is kept.")
    weight_decay = Float(default=0.0, low=0.0, high=10.0, log=True,
                         doc="Share of a weight that a step of learning rate 1 takes away.")

    def told(self, slots: Mapping[str, Array]) -> dict[str, Array]:
        return {"m": slots["m"] * np.asarray(1.0 - self.beta2, slots["m"].dtype)}

    def keeps(self, rate: float) -> float:
        return 1.0 - rate * self.weight_decay

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        m, kind, keep = slots["m"], w.dtype, np.ones((), w.dtype)
        beta2 = np.asarray(self.beta2, kind)
        old = np.asarray(self.beta1 * (1.0 - self.beta2) / (1.0 - self.beta1), kind)

        def update(t: int) -> None:
            keep[()] = self.keeps(float(rate))
            np.multiply(w, keep, w)
            np.multiply(m, old, scratch)
            np.add(scratch, g, scratch)
            np.sign(scratch, scratch)
            np.multiply(scratch, rate, scratch)
            np.subtract(w, scratch, w)
            np.multiply(m, beta2, m)
            np.add(m, g, m)

        return update
