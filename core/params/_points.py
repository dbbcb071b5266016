"""Points in a plane, each of a class: what somebody has drawn."""
from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from operator import itemgetter
from typing import Any

from core.params._base import Param

FARTHEST = 1000.0
MOST_POINTS = 20_000
MOST_CLASSES = 6
DECIMALS = 4

Spot = tuple[float, float, int]


@dataclass(frozen=True, slots=True, repr=False)
class PointSet:
    """Points (x, y, class) in the order in which they were drawn.

    Coordinates reach from -FARTHEST to FARTHEST and are multiples of 0.0001, which float32 tells apart; classes go from
    0 to MOST_CLASSES - 1. Raises ValueError if there are too many points, or one is out of bounds.
    """

    points: tuple[Spot, ...] = ()

    def __post_init__(self) -> None:
        if len(self.points) > MOST_POINTS:
            raise ValueError(f"there are more than {MOST_POINTS:,} points")
        if not self.points:
            return
        for axis in (0, 1):
            values = list(map(itemgetter(axis), self.points))
            # A sum is finite only if all of its terms are: NaN hides from min and max.
            if not (math.isfinite(math.fsum(values)) and min(values) >= -FARTHEST and max(values) <= FARTHEST):
                raise ValueError(f"a point is not from {-FARTHEST:g} to {FARTHEST:g}")
        if not set(map(itemgetter(2), self.points)) <= set(range(MOST_CLASSES)):
            raise ValueError(f"a class is not from 0 to {MOST_CLASSES - 1}")

    def __len__(self) -> int:
        return len(self.points)

    def __repr__(self) -> str:
        """Short, and yet different for different points: it is compared, and shown in messages."""
        numbers = array("d", chain.from_iterable(self.points))
        return f"PointSet({len(self):,} points, {blake2b(numbers, digest_size=8).hexdigest()})"

    def __iter__(self) -> Iterator[Spot]:
        return iter(self.points)

    @property
    def classes(self) -> int:
        """How many classes there are, counted up to the largest that occurs."""
        return 1 + max(map(itemgetter(2), self.points), default=-1)


def on_grid(value: float) -> float:
    """A coordinate as it is kept: within bounds, and rounded. Never -0.0, which files would tell from 0.0."""
    return round(min(FARTHEST, max(-FARTHEST, value)), DECIMALS) + 0.0


@dataclass(frozen=True, kw_only=True)
class Points(Param[PointSet]):
    """Points drawn in a plane. In files a list of [x, y, class], a line each."""

    @property
    def initial(self) -> PointSet:
        return PointSet()

    @property
    def wanted(self) -> str:
        return (f"a list of at most {MOST_POINTS:,} points [x, y, class], with x and y from {-FARTHEST:g} to "
                f"{FARTHEST:g} and a class from 0 to {MOST_CLASSES - 1}")

    def check(self, value: Any) -> PointSet:
        if isinstance(value, PointSet):
            return value
        if not isinstance(value, (list, tuple)) or len(value) > MOST_POINTS:
            raise self.refuse(value)
        return PointSet(tuple(map(self._spot, value)))

    def _spot(self, value: Any) -> Spot:
        if not isinstance(value, (list, tuple)) or len(value) != 3 or any(isinstance(v, bool) for v in value):
            raise self.refuse(value)
        x, y, label = value
        if not (isinstance(label, int) and 0 <= label < MOST_CLASSES):
            raise self.refuse(value)
        if not all(isinstance(v, (int, float)) and -FARTHEST <= v <= FARTHEST for v in (x, y)):
            raise self.refuse(value)
        return on_grid(float(x)), on_grid(float(y)), label

    def to_json(self, value: Any) -> Any:
        return [[_short(x), _short(y), label] for x, y, label in value] if isinstance(value, PointSet) else value

    def schema(self) -> dict[str, Any]:
        item = {"type": "array", "minItems": 3, "maxItems": 3,
                "items": {"type": "number", "minimum": -FARTHEST, "maximum": FARTHEST}}
        return {"type": "array", "items": item, "maxItems": MOST_POINTS, "default": [], "description": self.doc}


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value
