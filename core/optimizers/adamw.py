"""AdamW."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.optimizers._adam import AdamFamily
from core.optimizers._base import Array, Update
from core.params import Float


class AdamW(AdamFamily):
    """w -= rate * weight_decay * w, then a step of Adam: decay that the running means do not see.

    Like PyTorch's, it takes hold of biases too. Defaults are PyTorch's (weight_decay 0.01, epsilon 1e-8); Keras's
    are 0.004 and 1e-7. Source: Loshchilov & Hutter 2017, arXiv:1711.05101, algorithm 2.
    """

    info = Info("adamw", "AdamW", "Adam with weights that fade", keywords=("adaptive", "weight decay", "decoupled"))
    weight_decay = Float(default=0.01, low=0.0, high=10.0, log=True,
                         doc="Share of a weight that a step of learning rate 1 takes away.")

    def keeps(self, rate: float) -> float:
        return 1.0 - rate * self.weight_decay

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        adam, keep = self.adam(w, g, slots, rate, scratch), np.ones((), w.dtype)

        def update(t: int) -> None:
            keep[()] = self.keeps(float(rate))
            np.multiply(w, keep, w)
            adam(t)

        return update
