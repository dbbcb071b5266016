"""Names for columns that have none of their own."""
from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def numbered(count: int) -> tuple[str, ...]:
    """x1, x2 and so on. Remembered, because data sets say what they are after every edit."""
    return tuple(f"x{number}" for number in range(1, count + 1))
