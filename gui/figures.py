"""Large numbers in a few signs."""
from __future__ import annotations

UNITS = ("", "k", "M", "G", "T", "P")


def short(count: int) -> str:
    """A count in three digits or less: 17, 1.2 k, 101 k, 3.4 M. Empty for 0."""
    if not count:
        return ""
    size, unit = float(count), 0
    while unit < len(UNITS) - 1 and float(f"{size:.{_places(size, unit)}f}") >= 1000.0:
        size, unit = size / 1000.0, unit + 1
    text = f"{size:.{_places(size, unit)}f}"
    return f"{text.removesuffix('.0')} {UNITS[unit]}".rstrip()


def percent(share: float) -> str:
    """A share as a person reads it: 38 %, or less than 1 %."""
    return f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"


def _places(size: float, unit: int) -> int:
    return 1 if unit and size < 9.95 else 0
