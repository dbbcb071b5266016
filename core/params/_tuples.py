"""A few numbers."""
from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any, ClassVar, TypeVar

from core.params._base import Param
from core.params._numbers import span

N = TypeVar("N", int, float)


@dataclass(frozen=True, kw_only=True)
class _Tuple(Param[tuple[N, ...]]):
    of: ClassVar[str]
    taken: ClassVar[type[Any]]
    kept: ClassVar[type[Any]]
    default: tuple[N, ...]
    low: N
    high: N
    shortest: int = 0
    longest: int = 4
    special: str = ""

    @property
    def initial(self) -> tuple[N, ...]:
        return self.default

    @property
    def wanted(self) -> str:
        return f"{self.shortest} to {self.longest} {self.of}{span(self.low, self.high)}"

    def check(self, value: Any) -> tuple[N, ...]:
        if not isinstance(value, (list, tuple)) or not self.shortest <= len(value) <= self.longest:
            raise self.refuse(value)
        if any(isinstance(v, bool) or not isinstance(v, self.taken) or not self.low <= v <= self.high for v in value):
            raise self.refuse(value)
        return tuple(map(self.kept, value))

    def to_json(self, value: Any) -> Any:
        return list(value) if isinstance(value, tuple) else value

    def schema(self) -> dict[str, Any]:
        items = {"type": "integer" if self.kept is int else "number", "minimum": self.low, "maximum": self.high}
        return {"type": "array", "items": items, "minItems": self.shortest, "maxItems": self.longest,
                "default": list(self.default), "description": self.doc}


@dataclass(frozen=True, kw_only=True)
class IntTuple(_Tuple[int]):
    """A few whole numbers, for example a shape. Between `shortest` and `longest` of them."""

    of, taken, kept = "whole numbers", int, int
    low: int = 1
    high: int = 1_000_000


@dataclass(frozen=True, kw_only=True)
class FloatTuple(_Tuple[float]):
    """A few finite numbers, for example one for each class. Between `shortest` and `longest` of them."""

    of, taken, kept = "numbers", Real, float
    low: float = 0.0
    high: float = 1e6
