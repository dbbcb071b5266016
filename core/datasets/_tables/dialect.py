"""How a text file marks fields, decimals and the heading."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from core.datasets._tables.options import Options
from core.datasets._tables.records import Block, fields, records
from core.datasets._tables.signs import bare

SEPARATORS = {"tab": b"\t", "semicolon": b";", "pipe": b"|", "comma": b",", "space": b" "}
# No text has it, so the whole line is one field.
NONE = b"\x1f"
SAMPLE = 500
CONSISTENT, HALF = 0.95, 0.5
NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?|[+-]?\d{1,3}([., '\u00a0\u202f]\d{3})+([.,]\d+)?")
DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T].*)?")
DECIMAL_COMMA = re.compile(r"[+-]?(\d{1,3}([. '\u00a0\u202f]\d{3})+|\d*),\d+([eE][+-]?\d+)?")
GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
DECIMAL_POINT = re.compile(r"[+-]?\d*\.(\d{1,2}|\d{4,})")


def separator(block: Block, options: Options) -> bytes:
    """The mark between the fields: the one that gives nearly all of the first records equally many, two or more."""
    if options.delimiter != "auto":
        return SEPARATORS[options.delimiter]
    sample = [record for (_, record), _ in zip(records(block), range(SAMPLE), strict=False)]
    shares: dict[bytes, float] = {}
    fit = NONE
    for mark in SEPARATORS.values():
        found = [squeezed(record) for record in sample] if mark == b" " else sample
        count, times = Counter(fields(record, mark) for record in found).most_common(1)[0]
        shares[mark] = times / len(sample) if count > 1 else 0.0
        if shares[mark] >= (1.0 if mark == b" " else CONSISTENT):
            fit = mark
            break
    if fit == b" " and not any(_numeric(record) for record in sample):
        return NONE
    if fit == NONE and len(sample) > 2:
        likely = max((b"\t", b";", b","), key=lambda mark: shares[mark])
        return likely if shares[likely] > HALF else NONE
    return fit


def squeezed(data: bytes) -> bytes:
    """The text with one space where there are several, and none around a line."""
    return re.sub(rb"(?m)^ +| +(?=\r?$)", b"", re.sub(rb"[ \t]{2,}|\t", b" ", data))


def is_value(text: str) -> bool:
    """True for a number, with a sign or not, and for a date, none of which names a column."""
    return bool(NUMBER.fullmatch(bare(text)) or DATE.fullmatch(text))


def _numeric(record: bytes) -> bool:
    return any(NUMBER.fullmatch(word) for word in record.decode("utf-8", "replace").split())


def decimal_comma(rows: Sequence[Sequence[str | None]], mark: bytes, options: Options) -> bool:
    """True if numbers are written with a decimal comma."""
    if options.decimal != "auto":
        return options.decimal == "comma"
    values = [value.strip() for row in rows for value in row if value]
    commas = [one for value in values if "," in value and DECIMAL_COMMA.fullmatch(one := bare(value))]
    sure = mark != b"," or any(not GROUPS.fullmatch(value) for value in commas)
    return bool(commas) and sure and not any("." in value and DECIMAL_POINT.fullmatch(bare(value)) for value in values)


def has_header(rows: Sequence[Sequence[str | None]], options: Options) -> bool:
    """True if the first of the rows names the columns."""
    if options.header != "auto":
        return options.header == "yes"
    if not rows:
        return False
    first = [(value or "").strip() for value in rows[0]]
    if any(map(is_value, first)) or not any(first):
        return False
    below = rows[1:]
    if any(is_value(v.strip()) for row in below for v in row if v):
        return True
    # A table of words: names are all different, and no value of their column.
    given = [name for name in first if name]
    repeated = any(name and name == (row[i] or "").strip() for row in below for i, name in enumerate(first)
                   if i < len(row))
    return len(set(given)) == len(given) and not repeated
