"""Falls in steps."""
from __future__ import annotations

from core.kinds import Info
from core.params import Float, Int
from core.schedules._base import Schedule


class Step(Schedule):
    """gamma^floor(epoch / every), as PyTorch's StepLR (which calls `every` step_size).

    Source: Krizhevsky, Sutskever & Hinton 2012, section 5.
    """

    info = Info("step", "Step", "Falls every few epochs", keywords=("decay", "staircase", "drop"))
    every = Int(default=30, low=1, high=10_000_000, unit="epochs", doc="Epochs from one fall to the next.")
    gamma = Float(default=0.1, low=0.0, high=1.0, doc="What is left of the learning rate after each fall.")

    def share(self, epoch: float, epochs: int) -> float:
        return float(self.gamma ** (int(epoch) // self.every))
