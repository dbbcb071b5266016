"""What stands above a table in its file: the mark of Excel, comments, a title, headings over several columns."""
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from core.datasets._tables import dialect
from core.datasets._tables.options import Options
from core.datasets._tables.records import Block, fields, records

# Excel says by such a first line what stands between the fields.
MARKED = re.compile(rb'"?sep=([,;\t|])"?', re.IGNORECASE)
COMMENT = b"#"
MOST = 20
SAMPLE = 200

Row = Sequence[str | None]


def lines_above(block: Block, options: Options) -> tuple[int, bytes]:
    """How many records stand above the table with its heading, and the mark between the fields."""
    found = [record for _, record in islice(records(block), SAMPLE)]
    marked = MARKED.fullmatch(found[0].strip())
    skip = 1 if marked and len(found) > 1 else 0
    comments = sum(1 for _ in takewhile(lambda record: record.startswith(COMMENT), found[skip:]))
    comments = comments if skip + comments < len(found) else 0
    rest = without(block, skip + comments)
    mark = marked[1] if marked and skip and options.delimiter == "auto" else dialect.separator(rest, options)
    width = fields(found[skip + comments], mark)
    # A heading may begin with the sign of a comment.
    while comments and width > 1 and fields(found[skip + comments - 1], mark) == width:
        comments -= 1
    return skip + comments + _titles(found[skip + comments :], mark), mark


def _titles(found: Sequence[bytes], mark: bytes) -> int:
    """How many of the first records are text across the table, which begins below them."""
    if mark == b" ":
        return 0
    widths = [fields(record, mark) for record in found]
    titles = sum(1 for _ in takewhile(lambda width: width == 1, widths[:MOST]))
    below = widths[titles:]
    # A table of one column has no other width that would tell where it begins.
    return titles if len(below) > 1 and set(below) == {below[0]} and below[0] > 1 else 0


def rows_above(rows: Sequence[Row], options: Options) -> int:
    """How many of the rows stand above the one that names the columns: with fewer cells, above words above numbers."""
    if options.header == "no" or len(rows) < 3:
        return 0
    filled = [sum(bool(value and value.strip()) for value in row) for row in rows]
    place = filled.index(max(filled))
    if not 0 < place <= MOST or place + 1 == len(rows):
        return 0
    given = [value.strip() for value in rows[place] if value and value.strip()]
    named = len(set(given)) == len(given) and not any(map(dialect.is_value, given))
    below = any(dialect.is_value(value.strip()) for row in rows[place + 1 :] for value in row if value)
    above = any(dialect.is_value(value.strip()) for row in rows[:place] for value in row[1:] if value)
    return place if named and below and not above else 0


def without(block: Block, count: int) -> Block:
    """The block without its first records, blank lines among them aside."""
    if not count:
        return block
    line, _ = next(islice(records(block), count, None), (0, b""))
    if not line:
        return Block(b"", block.line)
    begun = 0
    for _ in range(line - block.line):
        begun = block.data.index(b"\n", begun) + 1
    return Block(block.data[begun:], line)
