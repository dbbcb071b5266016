"""What a schedule is: the share of the learning rate that holds at each moment of a training."""
from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from core.kinds import Catalogued
from core.registry import Registry

SCHEDULES: Registry[type[Schedule]] = Registry("schedule")
Reaction = Callable[[float], float]


class Schedule(Catalogued):
    """A pure function of how far training has come, so that a run that is resumed goes on exactly."""

    catalogue: ClassVar[Registry[type[Schedule]]] = SCHEDULES

    def share(self, epoch: float, epochs: int) -> float:
        """What the learning rate is multiplied by before a step.

        `epoch` counts what is done, in parts: 1.5 is the middle of the second epoch. Training ends at `epochs`, which
        may be changed on the way, even to less than `epoch`. Gives a number from 0 to 1.
        """
        raise NotImplementedError

    def reaction(self, *, falling: bool) -> Reaction | None:
        """For a schedule that also goes by how the run does, else None.

        A new function that takes the number that is watched, of every epoch in turn from the first, and gives another
        share, from 0 to 1, for the epochs after it. `falling` says that lower is better. It remembers nothing but
        the numbers that it was given, so that the history of a run is all that is needed to go on.
        """
        return None
