"""Which types a column may have: the likeliest first, and what to try where a later value does not fit."""
from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from core.datasets._tables import values
from core.datasets._tables.signs import common_sign, is_code, unsigned

if TYPE_CHECKING:
    import polars as pl

# "number", maybe with a sign behind it, "words" (categories or text), or the format of a date.
Plan = tuple[str, ...]
NUMBER, WORDS = "number", "words"


def plan(sample: pl.Series, wanted: str, missing: Collection[str], *, comma: bool, month_first: bool) -> Plan:
    """What to take the column for, given its first values. `wanted` is what a person says, or ""."""
    import polars as pl

    if wanted in ("category", "text"):
        return (WORDS,)
    given = sample.drop_nulls()
    if given.dtype == pl.String:
        given = given.filter(~given.str.strip_chars().is_in(list(missing)))
    if wanted == "number":
        return (NUMBER + common_sign(given),)
    if sample.dtype.is_temporal():
        return values.FORMS[:1]
    if wanted == "date":
        return values.date_forms(given.cast(pl.String), month_first=month_first) or values.FORMS[:1]
    if given.dtype == pl.Float64 or not len(given):
        # Nothing is known of a column that begins empty.
        return (NUMBER, WORDS) if len(given) else (NUMBER, *values.FORMS, WORDS)
    if is_code(given):
        return (WORDS,)
    if not values.numbers(given, comma=comma)[0].null_count():
        return NUMBER, WORDS
    if (sign := common_sign(given)) and not values.numbers(unsigned(given, sign), comma=comma)[0].null_count():
        return NUMBER + sign, WORDS
    forms = values.date_forms(given, month_first=month_first)
    return *(form for form in forms if form != values.DIGITS), WORDS


def plain_numbers(sample: pl.DataFrame) -> frozenset[int]:
    """The columns, none of them empty, whose first values are all plain numbers; for thousands of columns at once."""
    import polars as pl

    found = set()
    for series in sample.get_columns():
        if series.dtype == pl.String or series.dtype == pl.Float64:
            left = series.cast(pl.Float64, strict=False).null_count()
            if left == series.null_count() < len(series) and not is_code(series):
                found.add(int(series.name))
    return frozenset(found)


def narrowed(plan: Plan, value: str) -> Plan:
    """What is left of a plan whose first type does not fit `value`."""
    import polars as pl

    given = pl.Series([value])
    return tuple(one for one in plan[1:] if one in (NUMBER, WORDS) or not values.dates(given, one).null_count())
