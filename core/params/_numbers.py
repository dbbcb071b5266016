"""Numbers within limits."""
from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from numbers import Real
from typing import Any

from core.params._base import Param, V


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"


def span(low: float | None, high: float | None) -> str:
    """Limits as the end of "a whole number ...": " from 1 to 4", ", 1 or more", or nothing."""
    if low is None or high is None:
        return "" if low is None else f", {_figure(low)} or more"
    return f" from {_figure(low)} to {_figure(high)}"


@dataclass(frozen=True, kw_only=True)
class _Number(Param[V]):
    low: float | None = None
    high: float | None = None

    def _inside(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def _limits(self) -> dict[str, Any]:
        named = {"minimum": self.low, "maximum": self.high}
        limits = {k: v for k, v in named.items() if v is not None}
        return {"description": self.doc, "default": self.initial, **limits}


@dataclass(frozen=True, kw_only=True)
class Int(_Number[int]):
    """A whole number. Booleans are not numbers."""

    default: int
    low: int | None = None
    high: int | None = None
    special: str = ""

    @property
    def initial(self) -> int:
        return self.default

    @property
    def wanted(self) -> str:
        return "a whole number" + span(self.low, self.high)

    def check(self, value: Any) -> int:
        if isinstance(value, bool):
            raise self.refuse(value)
        try:
            whole = operator.index(value)
        except TypeError:
            raise self.refuse(value) from None
        if not self._inside(whole):
            raise self.refuse(value)
        return whole

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", **self._limits()}


@dataclass(frozen=True, kw_only=True)
class Float(_Number[float]):
    """A finite number. `log` says that it is best chosen on a logarithmic scale."""

    default: float
    log: bool = False

    @property
    def initial(self) -> float:
        return self.default

    @property
    def wanted(self) -> str:
        return "a number" + span(self.low, self.high)

    def check(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, Real):
            raise self.refuse(value)
        try:
            number = float(value)
        except OverflowError:
            raise self.refuse(value) from None
        if not math.isfinite(number) or not self._inside(number):
            raise self.refuse(value)
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "number", **self._limits()}
