"""Text with a mark between the fields: CSV, TSV and their kin."""
from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from core.datasets._tables import dialect, encoding, preface
from core.datasets._tables.collect import Batch
from core.datasets._tables.naming import blank, unique_names
from core.datasets._tables.options import Options
from core.datasets._tables.records import Block, blocks, fields, records
from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import PIECE, Source
from core.datasets._task import Task
from core.errors import DataError

if TYPE_CHECKING:
    import polars as pl

SAMPLE, LOOKED_AT = 2000, 200
# Of wide tables fewer rows are looked at, but some.
FEWEST, VALUES = 20, 100_000
WIDEST = 100_000
# Each column of each block takes some time, however short it is.
WIDE, WIDE_PIECE = 1000, 2 * PIECE
# Attempts to read numbers: as they stand, with words for missing values, and as text.
LAST_ATTEMPT, PATIENCE = 2, 3
OTHER_MARK = "Mend the line, or choose the mark between the values, if it is another."


class Delimited:
    """A text file as a table; `month_first` says how dates are likelier to be written."""

    def __init__(self, source: Source, options: Options, task: Task):
        self.source, self.options = source, options
        self._words, self._attempt, self._failed = list(options.words), 0, 0
        stream = self._raw(task)
        first = next(stream, None)
        if first is None:
            raise refuse("empty", source.path, "the file holds nothing but blank lines",
                         "Choose a file that holds a table.")
        if len(list(islice(records(first), 2))) < 2 and (second := next(stream, None)):
            first = replace(first, data=first.data + second.data)
        self._above, self.separator = preface.lines_above(first, options)
        first = preface.without(self._tidied(first), self._above)
        head = list(islice(records(first), SAMPLE))
        self.width = self._width(head)
        block = Block(b"\n".join(record for _, record in head) + b"\n", head[0][0])
        self._refuse_ragged(head)
        self.sample = self._parsed(block, (), range(self.width))
        rows = [*self.sample.head(max(FEWEST, min(LOOKED_AT, VALUES // self.width))).iter_rows()]
        above = preface.rows_above(rows, options)
        self._above, rows = self._above + above, rows[above:]
        self.header = dialect.has_header(rows, options)
        if self.header and len(rows) == 1:
            raise refuse("rows", source.path, "there is a heading, but no row below it",
                         "Choose a file with samples, or say that it has no heading.", f"line {block.line:,}")
        self.comma = dialect.decimal_comma(rows[int(self.header):], self.separator, options)
        self.month_first = self.separator != b";" and not self.comma
        self.names = unique_names(rows[0] if self.header else [None] * self.width)
        self.blank = blank(rows[0]) if self.header else frozenset()
        self.sample = self.sample.slice(above + int(self.header))

    def batches(self, task: Task, wanted: Sequence[int], floats: Collection[int]) -> Iterator[Batch]:
        """All rows, of the columns that are `wanted`. Those in `floats` come as numbers where they all are.

        `floats` may change between two batches. Raises DataError naming the line of what cannot be read,
        CancelledError.
        """
        skip = self._above + int(self.header)
        for block in map(self._tidied, self._raw(task, self.width >= WIDE)):
            if skip:
                block, skip = preface.without(block, skip), 0
            if block.data and not block.data.isspace():
                yield self._batch(block, wanted, floats if self._readable(block) else ())

    def _raw(self, task: Task, wide: bool = False) -> Iterator[Block]:
        pieces = self.source.pieces(task, WIDE_PIECE) if wide else self.source.pieces(task)
        text = encoding.utf8(self.source, pieces, self.options.encoding)
        return (block for block in blocks(self.source, text) if not block.data.isspace())

    def _tidied(self, block: Block) -> Block:
        """The block with single spaces where spaces are between the fields."""
        return replace(block, data=dialect.squeezed(block.data)) if self.separator == b" " else block

    def _width(self, head: Sequence[tuple[int, bytes]]) -> int:
        width = fields(head[0][1], self.separator)
        if width > WIDEST:
            raise refuse("wide", self.source.path, f"there are {width:,} columns, and {WIDEST:,} is the most",
                         "Take fewer columns, or choose the mark between the values, if it is another.")
        return width

    def _readable(self, block: Block) -> bool:
        """True if numbers can be read as they stand: a point beside a decimal comma sets thousands apart."""
        return not self.comma or (self.separator != b"," and b"." not in block.data)

    def _batch(self, block: Block, wanted: Sequence[int], floats: Collection[int]) -> Batch:
        import polars as pl

        last = self.width - 1
        needed = wanted if last in wanted else [*wanted, last]
        frame = self._parsed(block, floats, needed)
        # Lines that are blank or too short lack the last value.
        if frame[str(last)].null_count():
            marks = np.count_nonzero(np.frombuffer(block.data, np.uint8) == ord(self.separator))
            if marks != len(frame) * last or b'"' in block.data:
                self._refuse_ragged(records(block))
            if not last or marks != len(frame) * last:
                frame = self._parsed(block, floats, range(self.width))
                frame = frame.filter(~pl.all_horizontal(pl.all().is_null())) if _has_blank_lines(block.data) else frame
        return Batch(frame, lambda row: self._place(block, row))

    def _parsed(self, block: Block, floats: Collection[int], wanted: Sequence[int]) -> pl.DataFrame:
        """The block as a table of text and numbers. Raises DataError."""
        import polars as pl

        # Looking for words that mean a missing value takes time, and reading numbers twice takes more.
        for attempt in range(self._attempt if floats else LAST_ATTEMPT, LAST_ATTEMPT + 1):
            numbers = floats if attempt < LAST_ATTEMPT else ()
            schema = {str(i): pl.Float64 if i in numbers else pl.String for i in range(self.width)}
            try:
                frame = pl.read_csv(block.data, has_header=False, separator=self.separator.decode(), schema=schema,
                                    columns=sorted(wanted) if len(wanted) < self.width else None, raise_if_empty=False,
                                    null_values=self._words if attempt else None,
                                    decimal_comma=bool(numbers) and self.comma)
            except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
                continue
            self._failed += bool(floats) and attempt == LAST_ATTEMPT
            self._attempt = max(self._attempt, attempt if self._failed >= PATIENCE else min(attempt, 1))
            return frame
        self._refuse_ragged(records(block))
        raise self._misquoted(block)

    def _refuse_ragged(self, found: Iterator[tuple[int, bytes]] | Sequence[tuple[int, bytes]]) -> None:
        """Raises DataError for the first record with too few or too many fields."""
        for line, record in found:
            if (count := fields(record, self.separator)) != self.width:
                values = "1 value" if count == 1 else f"{count:,} values"
                raise refuse("ragged", self.source.path, f"there {'is' if count == 1 else 'are'} {values}, where the "
                             f"first line has {self.width:,}", OTHER_MARK, f"line {line:,}")

    def _misquoted(self, block: Block) -> DataError:
        mark = self.separator
        for line, record in records(block):
            parts = record.replace(b'""', b"").split(b'"')
            if any(part and not part.endswith(mark) for part in parts[:-1:2]):
                return refuse("quotes", self.source.path, "there is a quotation mark in the middle of a value",
                              'Put the value in quotation marks, and write "" for the one in it.', f"line {line:,}")
            if any(part and not part.startswith(mark) for part in parts[2::2]):
                return refuse("quotes", self.source.path, "there is text around a value in quotation marks",
                              'Mend the line; write "" for a quotation mark that is part of a value.', f"line {line:,}")
        return refuse("read", self.source.path, "the lines cannot be read as a table",
                      "Look whether quotation marks are closed.", f"line {block.line:,} or below")

    def _place(self, block: Block, row: int) -> str:
        line = next(islice(records(block), row, None), (block.line, b""))[0]
        return f"line {line:,}"


def _has_blank_lines(data: bytes) -> bool:
    return b"\n\n" in data or b"\n\r\n" in data or data.startswith((b"\n", b"\r\n"))
