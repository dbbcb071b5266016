"""Values of a table as people read them: digits in fixed places, dates, sizes."""
from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from core.preprocessing import Column
from gui.plots import numbers

# Longer texts are not read in a cell.
LONGEST = 200
LOOKED_AT = 512
# Of an array so many numbers are shown; one that has more is told by its shape, unless they stand for words.
FIRST = 24
# In a file so many.
MOST = 100
DIGITS = 6


def icon(column: Column) -> str:
    """The name of the icon for the kind of a column."""
    return "table" if column.spec.shape else f"column-{column.spec.kind}"


def kind(column: Column) -> str:
    """The kind of a column in a word."""
    return " × ".join(map(str, column.spec.shape)) if column.spec.shape else column.spec.kind


def digits(values: np.ndarray) -> int:
    """Digits behind the point that tell these numbers apart, at most DIGITS and about five that count."""
    known = values[:LOOKED_AT]
    known = known[np.isfinite(known)].astype(np.float64)
    if not known.size:
        return 0
    most = float(np.abs(known).max())
    room = DIGITS if most == 0 else max(0, min(DIGITS, 4 - math.floor(math.log10(most))))
    close = max(most * 1e-6, 1e-12)
    return next((n for n in range(room) if np.abs(known - np.round(known, n)).max() <= close), room)


def number(value: float, places: int) -> str:
    """A number with fixed digits; very large and very small ones as powers of ten."""
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "∞" if value > 0 else f"{numbers.MINUS}∞"
    if value and (abs(value) >= 1e9 or abs(value) < 10.0**-DIGITS):
        return f"{value:.3e}".replace("-", numbers.MINUS)
    text = f"{value:,.{places}f}"
    return numbers.MINUS + text[1:] if text.startswith("-") and value else text.removeprefix("-")


def cell(column: Column, row: int, places: int) -> str:
    """A value, "" where it is missing."""
    spec, value = column.spec, column.values[row]
    if spec.shape:
        short = len(spec.shape) == 1 and (spec.tokens or spec.shape[0] <= FIRST)
        if short and spec.words:
            return spec.spelled(value[:FIRST]) + (" …" if len(value) > FIRST else "")
        return some_numbers(value) if short else " × ".join(map(str, spec.shape))
    match spec.kind:
        case "number":
            return number(float(value), places)
        case "category":
            return spec.categories[value] if 0 <= value < len(spec.categories) else ""
        case "date":
            return "" if np.isnat(value) else day(value.astype("datetime64[us]").astype(np.int64) / 1e6)
        case _:
            return str(value)[:LONGEST].replace("\n", " ")


def plain(column: Column, rows: Sequence[int]) -> list[float | str]:
    """The values of rows in full, for a file: numbers as such, "" where one is missing.

    Of an array all numbers are told, side by side; of one with more than MOST its shape.
    """
    spec, values = column.spec, column.values[np.asarray(rows, np.intp)]
    if spec.shape:
        if math.prod(spec.shape) > MOST:
            return [" × ".join(map(str, spec.shape))] * len(values)
        return [" ".join(map(str, row)) for row in values.reshape(len(values), -1).tolist()]
    match spec.kind:
        case "number":
            return ["" if math.isnan(value) else value for value in values.tolist()]
        case "text":
            return [str(value) for value in values]
    return [cell(column, row, 0) for row in rows]


def some_numbers(values: np.ndarray) -> str:
    """The first numbers of an array, with dots if there are more."""
    shown = " ".join(f"{value:.4g}".replace("-", numbers.MINUS) for value in values[:FIRST].tolist())
    return f"{shown} …" if len(values) > FIRST else shown


def day(seconds: float) -> str:
    """A moment, without the time of day if that is midnight."""
    if not math.isfinite(seconds):
        return ""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return number(seconds, 0)
    return moment.strftime("%Y-%m-%d" if seconds % 86400 == 0 else "%Y-%m-%d %H:%M:%S")


def measure(column: Column, value: float, places: int) -> str:
    """A mean or a quartile of a column."""
    if math.isnan(value):
        return numbers.NOTHING
    return day(round(value)) if column.spec.kind == "date" else number(value, places)


def significant(values: list[float]) -> int:
    """Digits behind the point for measures that are read one below the other: four that count for the largest."""
    most = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 2 if most == 0 else max(0, min(DIGITS, 3 - math.floor(math.log10(most))))
