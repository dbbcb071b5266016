"""Up, and down again."""
from __future__ import annotations

from core.kinds import Info
from core.params import Float
from core.schedules._base import Schedule
from core.schedules._curves import ease


class OneCycle(Schedule):
    """Rises from 1 / divide to 1 within the share `rise` of the epochs, then falls to 1 / (divide * final_divide).

    Both along half a wave of the cosine. The learning rate is the highest one. Defaults are those of PyTorch's
    OneCycleLR (div_factor, pct_start, final_div_factor), which also moves the momentum, and reaches its highest
    and its last value one step earlier. Source: Smith & Topin 2017, arXiv:1708.07120.
    """

    info = Info("one_cycle", "One cycle", "Up, and down again to next to nothing", keywords=("1cycle", "super"))
    rise = Float(default=0.3, low=0.0, high=1.0, unit="share", doc="Part of the epochs in which it rises.")
    divide = Float(default=25.0, low=1.0, high=1e6, log=True, doc="The learning rate divided by this is the first.")
    final_divide = Float(default=1e4, low=1.0, high=1e9, log=True, doc="The first divided by this is the last.")

    def share(self, epoch: float, epochs: int) -> float:
        way, first = epoch / epochs, 1.0 / self.divide
        if way < self.rise:
            return ease(first, 1.0, way / self.rise)
        rest = 1.0 - self.rise
        return ease(1.0, first / self.final_divide, (way - self.rise) / rest if rest else 0.0)
