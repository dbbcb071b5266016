"""Falls whenever the run makes no progress."""
from __future__ import annotations

import math

from core.kinds import Info
from core.params import Float, Int
from core.schedules._base import Reaction, Schedule


class ReduceOnPlateau(Schedule):
    """Times `factor` after more than `patience` epochs without an improvement of the number that is watched.

    An improvement is less than best * (1 - threshold), or more than best * (1 + threshold) if higher is better. After
    a fall, bad epochs do not count for `cooldown` epochs. As PyTorch's ReduceLROnPlateau with threshold_mode "rel"
    and eps 0; its min_lr is `minimum` times the learning rate. Keras's ReduceLROnPlateau falls one epoch sooner, in
    the epoch in which `patience` is reached, and wants improvements by an absolute min_delta.
    Source: Goodfellow, Bengio & Courville 2016, section 8.3.1, for the practice; torch.optim.lr_scheduler.
    """

    info = Info("reduce_on_plateau", "Reduce on plateau", "Falls when progress stops", keywords=("adaptive", "stall"))
    factor = Float(default=0.1, low=0.0, high=1.0, doc="What is left of the learning rate after each fall.")
    patience = Int(default=10, low=0, high=10_000_000, unit="epochs", doc="Epochs without progress that it bears.")
    threshold = Float(default=1e-4, low=0.0, high=1.0, log=True, doc="Share by which a number must improve to count.")
    cooldown = Int(default=0, low=0, high=10_000_000, unit="epochs", doc="Epochs of rest after each fall.")
    minimum = Float(default=0.0, low=0.0, high=1.0, doc="Share of the learning rate below which it never falls.")

    def share(self, epoch: float, epochs: int) -> float:
        return 1.0

    def reaction(self, *, falling: bool) -> Reaction:
        share, best, bad, resting = 1.0, math.inf if falling else -math.inf, 0, 0

        def react(value: float) -> float:
            nonlocal share, best, bad, resting
            if value < best * (1.0 - self.threshold) if falling else value > best * (1.0 + self.threshold):
                best, bad = value, 0
            else:
                bad += 1
            if resting:
                resting, bad = resting - 1, 0
            if bad > self.patience:
                share, bad, resting = max(share * self.factor, self.minimum), 0, self.cooldown
            return share

        return react
