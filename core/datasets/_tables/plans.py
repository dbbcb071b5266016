"""Which types a column may have: the likeliest first, and what to try where a later value does not fit."""
from __future__ import annotations

from collections.abc import Collection
from itertools import compress
from typing import TYPE_CHECKING

from core.datasets._tables import values
from core.datasets._tables.signs import code_marks, common_sign, is_code, unsigned

if TYPE_CHECKING:
    import polars as pl

# "number", maybe with a sign behind it, "words" (categories or text), or the format of a date.
Plan = tuple[str, ...]
NUMBER, WORDS = "number", "words"
FEW = 20


def plan(sample: pl.Series, wanted: str, missing: Collection[str], *, comma: bool, month_first: bool) -> Plan:
    """What to take the column for, given its first values. `wanted` is what a person says, or ""."""
    import polars as pl

    if wanted in ("category", "text"):
        return (WORDS,)
    if not wanted and sample.dtype == pl.String and _begins_with_words(sample, missing):
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


def _begins_with_words(sample: pl.Series, missing: Collection[str]) -> bool:
    """True if the first value is neither a number nor a date, which is seen without a query."""
    given = (value.strip() for value in sample.head(FEW).to_list() if value is not None)
    first = next((value for value in given if value not in missing), "")
    endless = first.lower().lstrip("+-").startswith(("inf", "nan"))
    return bool(first) and not endless and not any(map(str.isdigit, first))


def plain_numbers(sample: pl.DataFrame, *, comma: bool) -> frozenset[int]:
    """The columns, none of them empty, whose first values are all numbers; for thousands of columns at once."""
    import polars as pl

    texts = [series for series in sample.get_columns() if series.dtype == pl.String]
    floats = {int(s.name) for s in sample.get_columns() if s.dtype == pl.Float64 and s.null_count() < len(s)}
    if not texts or not sample.height:
        return frozenset(floats)
    # One query for all of them: each takes as long as reading many values.
    whole, shape = pl.concat(texts), (len(texts), sample.height)
    there = whole.is_not_null().to_numpy().reshape(shape)
    read = values.numbers(whole, comma=comma)[0].is_not_null().to_numpy().reshape(shape)
    code, figures = (found.to_numpy().reshape(shape) for found in code_marks(whole))
    good = (read == there).all(axis=1) & there.any(axis=1) & ~(code.any(axis=1) & figures.all(axis=1))
    return frozenset(floats | {int(series.name) for series in compress(texts, good)})


def narrowed(plan: Plan, value: str) -> Plan:
    """What is left of a plan whose first type does not fit `value`."""
    import polars as pl

    given = pl.Series([value])
    return tuple(one for one in plan[1:] if one in (NUMBER, WORDS) or not values.dates(given, one).null_count())
