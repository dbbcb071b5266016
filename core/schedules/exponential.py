"""Falls by the same share all the time."""
from __future__ import annotations

from core.kinds import Info
from core.params import Float
from core.schedules._base import Schedule


class Exponential(Schedule):
    """gamma^epoch, a little with every step, as Keras's ExponentialDecay; PyTorch's ExponentialLR falls once an epoch.

    At the start of each epoch all three agree. Source: Goodfellow, Bengio & Courville 2016, section 8.3.1.
    """

    info = Info("exponential", "Exponential", "Falls by the same share in every epoch", keywords=("decay",))
    gamma = Float(default=0.95, low=0.0, high=1.0, doc="What is left of the learning rate after an epoch.")

    def share(self, epoch: float, epochs: int) -> float:
        return float(self.gamma**epoch)
