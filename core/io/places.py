"""Plain values with their place in a file: a complaint names the place, what belongs there, and what stands there."""
from __future__ import annotations

import math
from typing import Any

from core.errors import FormatError, Problem
from core.graph.document import Point
from core.graph.edits import FAR


def refuse(place: str, wanted: str, got: Any) -> FormatError:
    """The complaint that `place` does not hold what is wanted there."""
    shown = f'"{got}"' if isinstance(got, str) else str(got)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return FormatError(Problem("file.content", f"{place}: {wanted}, got {shown}."))


def table(place: str, value: Any) -> dict[str, Any]:
    """`value` if it is an object. Raises FormatError."""
    if not isinstance(value, dict):
        raise refuse(place, "an object in braces", value)
    return value


def point(place: str, value: Any) -> Point:
    """A point on the canvas. Raises FormatError."""
    pair = value if isinstance(value, list) and len(value) == 2 else [None, None]
    numbers = [float(v) for v in pair if isinstance(v, (int, float)) and not isinstance(v, bool) and abs(v) <= FAR]
    if len(numbers) != 2 or not all(map(math.isfinite, numbers)):
        raise refuse(place, f"two numbers from {-FAR:.0f} to {FAR:.0f}", value)
    return numbers[0], numbers[1]
