"""Rises at the start."""
from __future__ import annotations

from core.kinds import Info
from core.params import Float, Int
from core.schedules._base import Schedule


class Warmup(Schedule):
    """Rises in a line from the share `start` to the whole learning rate within `warmup` epochs, then stays.

    PyTorch's LinearLR, which starts at 1/3 and rises once an epoch. Source: Goyal et al. 2017, arXiv:1706.02677.
    """

    info = Info("warmup", "Warm-up", "Rises at the start, then stays", keywords=("warm up", "linear", "ramp"))
    warmup = Int(default=5, low=1, high=10_000_000, unit="epochs", label="Warm-up", doc="Epochs until it is whole.")
    start = Float(default=0.1, low=0.0, high=1.0, doc="Share of the learning rate to begin with.")

    def share(self, epoch: float, epochs: int) -> float:
        return self.start + (1.0 - self.start) * min(epoch / self.warmup, 1.0)
