"""Numbers and dates written as text."""
from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

BLANKS = r" '\x{a0}\x{202f}"
POINT = rf"^[+-]?\d{{1,3}}([,{BLANKS}]\d{{3}})+(\.\d+)?$"
COMMA = rf"^[+-]?(\d{{1,3}}([.{BLANKS}]\d{{3}})+|\d*)(,\d*)?([eE][+-]?\d+)?$"
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%d.%m.%y",
        "%m/%d/%y", "%d/%m/%y")
TIMES = ("", " %H:%M:%S%.f", "T%H:%M:%S%.f", " %H:%M", "T%H:%M")
ZONES = ("%Y-%m-%dT%H:%M:%S%.fZ", "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%z")
FORMS = (*(day + time for time in TIMES for day in DAYS), *ZONES)
# A column of such numbers holds dates only if somebody says so.
DIGITS = "%Y%m%d"
EARLIEST = 1000
FEW = 20
LIKE_DATE = re.compile(r"\s*\d{1,8}([-./]|\s*$)")


def numbers(values: pl.Series, *, comma: bool) -> tuple[pl.Series, bool]:
    """Text as Float64; None where it is no number. Thousands may be set apart, spaces around do not matter.

    Also whether all that are numbers are plain ones, which could be read as they stand.
    """
    import polars as pl

    if values.dtype != pl.String:
        return values.cast(pl.Float64, strict=False), True
    found = (values.str.replace(",", ".", literal=True) if comma else values).cast(pl.Float64, strict=False)
    if comma and (points := values.str.contains(".", literal=True)).any():
        found = found.set(points, None)
    if found.null_count() == values.null_count():
        return found, True
    bad = found.is_null() & values.is_not_null()
    other = _grouped(values.filter(bad), comma=comma)
    return found.scatter(bad.arg_true(), other), other.null_count() == len(other)


def _grouped(values: pl.Series, *, comma: bool) -> pl.Series:
    import polars as pl

    text = pl.col("v").str.strip_chars()
    bare = text.str.replace_all(f"[{'.' if comma else ','}{BLANKS}]", "").str.replace(",", ".", literal=True)
    plain = pl.when(~text.str.contains(".", literal=True)).then(text) if comma else text
    number = pl.when(text.str.contains(COMMA if comma else POINT)).then(bare).otherwise(plain)
    return values.alias("v").to_frame().select(number.cast(pl.Float64, strict=False)).to_series().alias(values.name)


def dates(values: pl.Series, form: str) -> pl.Series:
    """Text as Datetime in microseconds, in universal time where a zone is given; None where it is no such date."""
    import polars as pl

    if values.dtype != pl.String:
        return values.cast(pl.Datetime("us"), strict=False)
    found = values.str.strip_chars().str.to_datetime(form, time_unit="us", strict=False, exact=True, ambiguous="null")
    found = found.dt.replace_time_zone(None)
    # Years of two figures would be those of the Roman Empire.
    return found.set(found.dt.year() < EARLIEST, None)


def date_forms(values: pl.Series, *, month_first: bool) -> tuple[str, ...]:
    """The formats in which all of the values are dates, the likeliest first."""
    given = values.drop_nulls()
    first = given.head(FEW)
    if not len(first) or not all(LIKE_DATE.match(value) for value in first):
        return ()
    found = [form for form in (*FORMS, DIGITS) if not dates(first, form).null_count()
             and not dates(given, form).null_count()]
    found.sort(key=lambda form: form.startswith("%d/" if month_first else "%m/"))
    return tuple(found)
