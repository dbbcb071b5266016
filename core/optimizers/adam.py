"""Adam."""
from __future__ import annotations

from collections.abc import Mapping

from core.kinds import Info
from core.optimizers._adam import AdamFamily
from core.optimizers._base import Array, Update


class Adam(AdamFamily):
    """Momentum and a step size for every weight, both corrected for their start at 0.

    m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w -= rate * m' / (sqrt(v') + epsilon), where
    m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t). Defaults are PyTorch's; Keras's epsilon is 1e-7.
    Source: Kingma & Ba 2014, arXiv:1412.6980, algorithm 1.
    """

    info = Info("adam", "Adam", "Adaptive; a good first choice", keywords=("adaptive",))

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        return self.adam(w, g, slots, rate, scratch)
