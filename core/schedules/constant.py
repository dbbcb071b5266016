"""The same learning rate all the time."""
from __future__ import annotations

from core.kinds import Info
from core.schedules._base import Schedule


class Constant(Schedule):
    """The learning rate as it is set. Source: Bottou, Curtis & Nocedal 2018, arXiv:1606.04838, theorem 4.6."""

    info = Info("constant", "Constant", "The same all the time", keywords=("none", "fixed"))

    def share(self, epoch: float, epochs: int) -> float:
        return 1.0
