"""What the moments of a past are called, and the axis below them."""
from __future__ import annotations

from typing import Protocol

from gui.plots import numbers
from gui.plots.axis import COLUMN, MOST, Axis


class Timed(Protocol):
    """Has moments at `steps`, after `epochs` (moments,)."""

    @property
    def steps(self) -> tuple[int, ...]: ...

    @property
    def epochs(self) -> tuple[int, ...]: ...


def times_of(found: Timed) -> tuple[str, tuple[int, ...]]:
    """What moments are told by: epochs, or steps where most of them are in the same few epochs."""
    few = len(set(found.epochs)) <= len(found.epochs) / 2
    return ("step", found.steps) if few else ("epoch", found.epochs)


class Filling(Timed, Protocol):
    """Has moments, of which `pending` more are to come."""

    @property
    def pending(self) -> int: ...


def moments_of(found: Filling) -> str:
    """How many moments there are, or how many are to come."""
    return f"{found.pending} moments to come" if found.pending else f"{len(found.steps)} moments"


class TimeAxis(Axis):
    """The axis below moments that stand at 0, 1, 2 and so on: as many of their times as there is room for, the newest
    always."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.times: tuple[int, ...] = ()

    def tell(self, times: tuple[int, ...]) -> None:
        """These are the times."""
        if times != self.times:
            self.times = times
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((minVal, maxVal))
        moments = len(self.times)
        if high <= low or size <= 0 or not moments:
            return []
        step = numbers.every(max(COLUMN * (high - low) / size, moments / MOST))
        # Of several moments in the same epoch the newest one tells it.
        told = {self.times[moment]: moment for moment in reversed(range(moments - 1, -1, -step))}
        return [(0.0, [float(moment) for moment in sorted(told.values(), reverse=True)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [numbers.short(self.times[round(value)]) for value in values]
