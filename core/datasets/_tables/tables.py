"""From a file to typed columns, and what is known of them."""
from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from core.datasets._notes import Note
from core.datasets._survey import at_work, known
from core.datasets._tables.delimited import Delimited
from core.datasets._tables.excel import Excel
from core.datasets._tables.finish import finished, notes
from core.datasets._tables.formats import ENDINGS, kind_of
from core.datasets._tables.json_lines import JsonLines
from core.datasets._tables.options import Options
from core.datasets._tables.parquet import Parquet
from core.datasets._tables.reading import Reader, gather
from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import GZIP, Source
from core.datasets._task import Task
from core.errors import DataError, Problem
from core.preprocessing import Column, Columns, Specs, specs

KEPT = 128 << 20
LOOKED_AT = 4096
# What a text takes beside its letters.
OBJECT = 100
READERS: dict[str, Callable[[Source, Options, Task], Reader]] = {
    "csv": Delimited, "jsonl": JsonLines, "excel": Excel, "parquet": Parquet}

_kept: tuple[Options, tuple[int, int, int], Columns] | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a file that was read once; `notes` are about its columns."""

    columns: Specs
    count: int
    notes: tuple[Note, ...]


def summary(title: str, options: Options) -> Summary:
    """What is known of the file; `title` is what people call the data set.

    Raises DataError, `ReadingError` where files must not be read now.
    """
    if not options.path:
        raise DataError(Problem("table.path", f"{title}: no file is chosen.", param="source", hint="Choose a file."))
    path = Source.located(options.path)
    return known(path.name, ("table", options), (str(path),), lambda task: _read(options, task)[0])


def read_table(title: str, options: Options) -> Columns:
    """The columns of the file; the arrays belong to the caller. Raises DataError."""
    found = summary(title, options)
    source, held = Source(options.path), _kept
    if held is not None and held[0] == options and held[1] == source.stamp:
        return tuple(Column(column.spec, column.values.copy()) for column in held[2])
    columns = _read(options, at_work(), keep=False)[1]
    if specs(columns) != found.columns:
        raise refuse("changed", source.path, "the file changed while it was being read", "Load it again.")
    return columns


def _read(options: Options, task: Task, *, keep: bool = True) -> tuple[Summary, Columns]:
    global _kept
    _kept = None
    source = Source(options.path)
    reader = READERS[_kind(source)](source, options, task)
    found = gather(reader, options, source.path, task)
    source.verify()
    columns = finished(reader.names, found, options, source.path)
    remarks = notes(source.path, reader, found, columns)
    columns = _without_blank(columns, getattr(reader, "blank", frozenset()))
    if keep and sum(map(_size, columns)) <= KEPT:
        _kept = options, source.stamp, columns
    return Summary(specs(columns), found.count, remarks), columns


def _without_blank(columns: Columns, blank: Collection[int]) -> Columns:
    """The columns but those `blank` in the heading that are empty below as well: lines may end with a mark."""
    kept = tuple(column for place, column in enumerate(columns)
                 if place not in blank or column.spec.missing < len(column))
    return kept or columns


def _kind(source: Source) -> str:
    """The format of the file, by its ending and its first bytes."""
    head = source.head(LOOKED_AT)
    if head.startswith(GZIP):
        head = next(source.pieces(Task(), LOOKED_AT), b"")
    kind = kind_of(head, source.path.name)
    if not kind:
        raise refuse("format", source.path, "this is no table that can be read",
                     f"Choose a file of one of these kinds: {', '.join(ENDINGS)}.")
    return kind


def _size(column: Column) -> int:
    return len(column) * OBJECT if column.values.dtype == object else column.values.nbytes
