"""Falls along half a wave of the cosine."""
from __future__ import annotations

from core.kinds import Info
from core.params import Float
from core.schedules._base import Schedule
from core.schedules._curves import ease


class Cosine(Schedule):
    """final + (1 - final) (1 + cos(pi epoch / epochs)) / 2: slowly at first, fast in the middle, slowly at the end.

    PyTorch's CosineAnnealingLR with T_max = epochs and eta_min = final * learning rate, but step by step.
    Source: Loshchilov & Hutter 2016, arXiv:1608.03983, without restarts.
    """

    info = Info("cosine", "Cosine", "Falls smoothly until the last epoch", keywords=("annealing", "decay"))
    final = Float(default=0.0, low=0.0, high=1.0, doc="Share of the learning rate that is left at the end.")

    def share(self, epoch: float, epochs: int) -> float:
        return ease(1.0, self.final, epoch / epochs)
