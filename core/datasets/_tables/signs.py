"""Signs beside numbers, and figures that are no numbers."""
from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

SIGN = "[%€$£¥₹]|EUR|USD|GBP|CHF"
AROUND = re.compile(rf"^([+-]?)\s*(?:{SIGN})\s*|\s*(?:{SIGN})$")
# Postcodes and the like begin with 0; what has more than 15 figures is not exact as a number, and with more than 25
# figures it is rather the result of a calculation.
FIGURES, CODE = r"^\s*[+-]?\d+\s*$", r"^\s*[+-]?(0\d+|[1-9]\d{15,24})\s*$"


def bare(text: str) -> str:
    """A number without the sign of a currency or of a percentage beside it."""
    # Most numbers have no sign, and there are many of them.
    plain = text[-1:].isdigit() and text.lstrip("+-")[:1].isdigit()
    return text if plain else AROUND.sub(r"\1", text)


def common_sign(given: pl.Series) -> str:
    """The sign that is beside every value, "" if there is none."""
    import polars as pl

    if given.dtype != pl.String or not len(given):
        return ""
    found = AROUND.search(given[0].strip())
    sign = found[0].strip().lstrip("+-").strip() if found else ""
    return sign if sign and not unsigned(given, sign).null_count() else ""


def unsigned(given: pl.Series, sign: str) -> pl.Series:
    """Text without this sign beside the number; None where it is missing."""
    import polars as pl

    if given.dtype != pl.String:
        return given
    text, pattern = given.str.strip_chars(), rf"^([+-]?)\s*{re.escape(sign)}\s*|\s*{re.escape(sign)}$"
    return text.str.replace(pattern, "${1}").set(~text.str.contains(pattern), None)


def is_code(given: pl.Series) -> bool:
    """True for figures that tell things apart rather than count: postcodes, long numbers of articles."""
    import polars as pl

    if given.dtype != pl.String:
        return False
    code, figures = code_marks(given)
    return bool(code.any() and figures.all())


def code_marks(given: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Which values no number is written like, and which are nothing but figures, as those that are missing may be."""
    return given.str.contains(CODE).fill_null(False), given.str.contains(FIGURES).fill_null(True)
