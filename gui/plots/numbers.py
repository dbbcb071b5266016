"""Numbers as plots write them: round steps, and digits that keep their width."""
from __future__ import annotations

import math
import re
from collections.abc import Sequence

STEPS = (1.0, 2.0, 5.0, 10.0)
LIMITS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
NOTHING = "–"
MINUS = "−"


def _rounded_up(value: float, steps: tuple[float, ...]) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(step for step in (*steps, 20.0) if step * power >= value * (1 - 1e-9)) * power


def every(value: float) -> int:
    """The round whole number at or above `value`: label each of so many cells."""
    return int(_rounded_up(max(value, 1.0), STEPS))


def limit(value: float) -> float:
    """The round number at or above a positive value: a limit that seldom moves while the value grows."""
    return _rounded_up(value, LIMITS) if value > 0 and math.isfinite(value) else 1.0


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> tuple[float, list[float]]:
    """A round step, and its multiples from `low` to `high`: at most about `most`, but two where that can be."""
    wanted = (high - low) / max(1, most - 1)
    for part in (wanted, wanted / 2, wanted / 4):
        step = _rounded_up(max(part, 1.0) if whole else part, STEPS)
        first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
        if last > first:
            break
    return step, [number * step for number in range(first, last + 1)]


def places(step: float) -> int:
    """Digits behind the point that tell multiples of `step` apart."""
    return next(n for n in range(10) if n == 9 or abs(step * 10**n - round(step * 10**n)) <= 1e-6 * step * 10**n)


def fixed(value: float, digits: int = 2) -> str:
    """A signed number with fixed digits and a true minus sign."""
    if not math.isfinite(value):
        return NOTHING
    text = f"{value:.{digits}f}"
    return MINUS + text[1:] if text.startswith("-") and float(text) else text.removeprefix("-")


def with_minus(text: str) -> str:
    """The text with true minus signs before its numbers; hyphens within words and dates stay."""
    return re.sub(r"(?<![\w.-])-(?=[\d.])", MINUS, text)


def measured(value: float) -> str:
    """A loss: four digits behind the point, or three significant ones where those would not tell."""
    if not math.isfinite(value):
        return NOTHING
    plain = 0.001 <= abs(value) < 1000 or value == 0
    return fixed(value, 4) if plain else f"{value:.2e}".replace("-", MINUS)


def share(value: float) -> str:
    """A share of 1 in per cent."""
    return f"{100 * value:.1f} %" if math.isfinite(value) else NOTHING


def short(value: float) -> str:
    """A whole number for an axis: 5,000, 20k, 1.5M."""
    for size, letter in ((1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1000 if letter == 'k' else size):g}{letter}"
    return count(value)


def tick(value: float, step: float) -> str:
    """A number on an axis with the digits that its step needs, in about five characters."""
    if abs(value) >= 10_000:
        return short(value)
    digits = places(step)
    if digits <= 3 or value == 0:
        return fixed(value, min(digits, 2) if value == 0 else digits)
    return re.sub(r"e-0*", f"e{MINUS}", f"{value:.0e}")


def labels(values: Sequence[float], step: float) -> list[str]:
    """Multiples of `step` for an axis, no two of them alike: plain down to 0.001, all in one notation."""
    digits, size = places(step), max(map(abs, values), default=0.0)
    if 3 < digits < 9 and size < 0.001:
        return [f"{value:.{_digits_of(value, digits)}e}".replace("e-0", f"e{MINUS}").replace("e-", f"e{MINUS}")
                if value else fixed(value) for value in values]
    if 3 < digits < 9:
        return [fixed(value, digits if value else 2) for value in values]
    return [tick(value, step) for value in values]


def _digits_of(value: float, behind: int) -> int:
    """Digits behind the point of a mantissa, of a number with so many behind its own."""
    return max(0, behind + math.floor(math.log10(abs(value)) + 1e-9))


def count(value: float) -> str:
    """A whole number with separators."""
    return f"{round(value):,}"
