"""Nadam."""
from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._adam import AdamFamily
from core.optimizers._base import Array, Update
from core.params import Float


class Nadam(AdamFamily):
    """Adam that looks ahead along its momentum, as Nesterov's method does.

    With u(t) = beta1 (1 - 0.5 * 0.96^(t momentum_decay)), U(t) = u(1) ... u(t), and m, v' as in Adam:
    w -= rate * ((1 - u(t)) / (1 - U(t)) g + u(t+1) / (1 - U(t+1)) m) / (sqrt(v') + epsilon).
    Defaults are PyTorch's, except for its learning rate of 0.002; Keras's epsilon is 1e-7, its momentum_decay fixed
    at 0.004. Source: Dozat 2016, Incorporating Nesterov momentum into Adam.
    """

    info = Info("nadam", "Nadam", "Adam that looks ahead", keywords=("adaptive", "nesterov"))
    momentum_decay = Float(default=0.004, low=0.0, high=1.0, log=True, advanced=True,
                           doc="How soon the momentum warms up to beta1.")

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        m, v, kind = slots["m"], slots["v"], w.dtype
        beta1, beta2 = np.asarray(self.beta1, kind), np.asarray(self.beta2, kind)
        fresh, kept, epsilon = np.zeros((), kind), np.zeros((), kind), np.zeros((), kind)
        factors = self._factors()

        def update(t: int) -> None:
            root = math.sqrt((1.0 - self.beta2**t) / (1.0 - self.beta2))
            of_gradient, of_mean = factors(t)
            fresh[()] = float(rate) * root * of_gradient
            kept[()] = float(rate) * root * of_mean * (1.0 - self.beta1)
            epsilon[()] = self.epsilon * root
            np.multiply(m, beta1, m)
            np.add(m, g, m)
            np.multiply(v, beta2, v)
            np.multiply(g, g, scratch)
            np.add(v, scratch, v)
            for part, factor in ((g, fresh), (m, kept)):
                np.sqrt(v, scratch)
                np.add(scratch, epsilon, scratch)
                np.divide(part, scratch, scratch)
                np.multiply(scratch, factor, scratch)
                np.subtract(w, scratch, w)

        return update

    def _factors(self) -> Callable[[int], tuple[float, float]]:
        """By step: what g and m are multiplied by. U is carried along, and found anew if steps are skipped."""
        reached, product = 0, 1.0

        def momentum(t: int) -> float:
            return self.beta1 * (1.0 - 0.5 * math.exp(t * self.momentum_decay * math.log(0.96)))

        def factors(t: int) -> tuple[float, float]:
            nonlocal reached, product
            if t < reached:
                reached, product = 0, 1.0
            while reached < t:
                reached += 1
                product *= momentum(reached)
            ahead = momentum(t + 1)
            return (1.0 - momentum(t)) / (1.0 - product), ahead / (1.0 - product * ahead)

        return factors
