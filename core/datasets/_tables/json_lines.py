"""JSON: one object a line, or a list of objects."""
from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from core.datasets._tables import encoding
from core.datasets._tables.collect import Batch
from core.datasets._tables.naming import unique_names
from core.datasets._tables.options import Options
from core.datasets._tables.records import Block, blocks
from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import Source
from core.datasets._task import Task

if TYPE_CHECKING:
    import polars as pl

MOST = 512 << 20
SAMPLE = 2000
WIDEST = 100_000
ADVICE = 'Each line has to be one object, such as {"length": 5.1, "species": "setosa"}.'
Row = dict[str, Any]


class JsonLines:
    """A file of JSON objects as a table. Fields that hold lists or objects are left out."""

    comma = month_first = False

    def __init__(self, source: Source, options: Options, task: Task):
        self.source, self.options = source, options
        first = next(self._rows(task), None)
        if first is None or not first[0]:
            raise refuse("rows", source.path, "there is no object", ADVICE)
        rows, _ = first
        fields = dict.fromkeys(key for row in rows for key in row)
        nested = {key for row in rows for key, value in row.items() if isinstance(value, (list, dict))}
        self._given = [key for key in fields if key not in nested]
        self.left_out = [key for key in fields if key in nested]
        self._all = frozenset(fields)
        if not 0 < len(self._given) <= WIDEST:
            raise refuse("wide", source.path, f"there are {len(self._given):,} fields that hold numbers or words, and "
                         f"1 to {WIDEST:,} are needed", ADVICE)
        self.names = unique_names(self._given)
        self.sample = self._frame(rows[:SAMPLE], range(len(self._given)))

    def batches(self, task: Task, wanted: Sequence[int], floats: Collection[int]) -> Iterator[Batch]:
        """All objects, of the fields that are `wanted`. Raises DataError naming the line, CancelledError."""
        for rows, lines in self._rows(task):
            self._refuse_new(rows, lines)
            yield Batch(self._frame(rows, wanted), lambda row, lines=lines: lines[row])  # type: ignore[misc]

    def _frame(self, rows: Sequence[Row], wanted: Sequence[int]) -> pl.DataFrame:
        import polars as pl

        words = frozenset(self.options.words)
        return pl.DataFrame([_series([row.get(self._given[column]) for row in rows], words).alias(str(column))
                             for column in wanted])

    def _rows(self, task: Task) -> Iterator[tuple[list[Row], _Lines]]:
        """Objects, and the names of their places."""
        text = encoding.utf8(self.source, self.source.pieces(task), self.options.encoding)
        first = next(text, b"")
        if first.lstrip()[:1] == b"[":
            yield self._list(chain([first], text))
            return
        for block in blocks(self.source, chain([first], text), quoted=False):
            yield self._objects(block)

    def _list(self, pieces: Iterable[bytes]) -> tuple[list[Row], _Lines]:
        held = bytearray()
        for piece in pieces:
            held += piece
            if len(held) > MOST:
                raise refuse("large", self.source.path, f"the list is longer than {MOST >> 20} MB",
                             "Write one object a line instead, which is read piece by piece.")
        try:
            rows = json.loads(held)
        except json.JSONDecodeError as error:
            raise refuse("json", self.source.path, "the list of objects is broken here", "Mend it.",
                         f"line {error.lineno:,}") from None
        except (ValueError, RecursionError):
            raise refuse("json", self.source.path, "the list of objects cannot be read", ADVICE) from None
        if not isinstance(rows, list):
            raise refuse("json", self.source.path, "this is no list of objects", ADVICE)
        for number, row in enumerate(rows, 1):
            if not isinstance(row, dict):
                raise refuse("json", self.source.path, "this is no object", ADVICE, f"entry {number:,} of the list")
        return rows, _Lines()

    def _objects(self, block: Block) -> tuple[list[Row], _Lines]:
        try:
            rows = msgspec.json.Decoder(type=Row).decode_lines(block.data)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            # Python's own reader is slower, but takes NaN, which many programs write.
            rows = [self._object(line, text) for line, text in _lines(block)]
        return rows, _Lines(block)

    def _object(self, line: int, text: bytes) -> Row:
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise refuse("json", self.source.path, "this is no complete JSON object", ADVICE, f"line {line:,}")
        return row

    def _refuse_new(self, rows: Sequence[Row], lines: _Lines) -> None:
        for number, row in enumerate(rows):
            if not row.keys() <= self._all:
                name = next(key for key in row if key not in self._all)
                raise refuse("json", self.source.path, f'the field "{name[:60]}" occurs here for the first time',
                             "Name every field in one of the first lines, with null where it is missing.",
                             lines[number])


class _Lines:
    """The places of objects in a block of lines, or in a list."""

    def __init__(self, block: Block | None = None):
        self._block = block

    def __getitem__(self, row: int) -> str:
        if self._block is None:
            return f"entry {row + 1:,} of the list"
        return next((f"line {line:,}" for number, (line, _) in enumerate(_lines(self._block)) if number == row), "")


def _lines(block: Block) -> Iterator[tuple[int, bytes]]:
    return ((line, text) for line, text in enumerate(block.data.split(b"\n"), block.line) if text.strip())


def _series(given: list[Any], words: frozenset[str]) -> pl.Series:
    """Values of one field as Float64 or text."""
    import polars as pl

    kinds = set(map(type, given)) - {type(None)}
    if kinds <= {int, float}:
        try:
            return pl.Series([None if v is None else float(v) for v in given], dtype=pl.Float64)
        except OverflowError:
            pass
    texts = [None if v is None else v if isinstance(v, str) else _word(v) for v in given]
    return pl.Series([None if v in words else v for v in texts], dtype=pl.String)


def _word(value: object) -> str:
    return msgspec.json.encode(value).decode() if isinstance(value, (bool, list, dict)) else str(value)
