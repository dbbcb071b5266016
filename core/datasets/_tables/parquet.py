"""Parquet files."""
from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from core.datasets._tables.collect import Batch
from core.datasets._tables.guard import guarded
from core.datasets._tables.naming import unique_names
from core.datasets._tables.options import Options
from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import Source
from core.datasets._task import Task

if TYPE_CHECKING:
    import polars as pl

MOST = 4 << 30
ROWS = 200_000
SAMPLE = 2000
MOST_VALUES = 1 << 29


class Parquet:
    """A Parquet file as a table. Columns of lists, structures and bytes are left out."""

    comma = month_first = False

    def __init__(self, source: Source, options: Options, task: Task):
        import polars as pl

        self.source, self.options = source, options
        # A file that shrinks while it is mapped into memory would end the program.
        self._data = source.whole(MOST)
        with guarded(self._damaged):
            schema = pl.read_parquet_schema(BytesIO(self._data))
            self._given = [name for name, kind in schema.items() if _usable(kind)]
            self.left_out = [name for name in schema if name not in self._given]
            self.count = int(pl.scan_parquet(self._data).select(pl.len()).collect().item())
        self._check()
        self.names = unique_names(self._given)
        self.sample = next(self.batches(task, range(len(self._given)), (), SAMPLE)).frame

    def _check(self) -> None:
        if not self._given or not self.count:
            what = "no row" if self._given else "no column of numbers, words or dates"
            raise refuse("rows", self.source.path, f"the file holds {what}", "Choose a file with samples.")
        if self.count * len(self._given) > MOST_VALUES:
            raise refuse("large", self.source.path, f"{self.count:,} rows of {len(self._given):,} columns are too many",
                         "Take fewer rows or columns.")

    def batches(self, task: Task, wanted: Sequence[int], floats: Collection[int], rows: int = ROWS) -> Iterator[Batch]:
        """All rows, of the columns that are `wanted`. Raises DataError, CancelledError."""
        import polars as pl

        names = [self._given[column] for column in wanted]
        for begun in range(0, self.count, rows):
            task.tell(f"Reading {self.source.path.name}", begun / self.count)
            with guarded(self._damaged):
                frame = pl.scan_parquet(self._data).select(names).slice(begun, rows).collect()
                series = [plain(frame[name], self.options.words).alias(str(column))
                          for name, column in zip(names, wanted, strict=True)]
            yield Batch(pl.DataFrame(series), lambda row, begun=begun: f"row {begun + row + 1:,}")  # type: ignore[misc]

    def _damaged(self) -> Exception:
        return refuse("damaged", self.source.path, "this is no Parquet file, or it is damaged", "Write it anew.")


def _usable(kind: pl.DataType) -> bool:
    import polars as pl

    return not kind.is_nested() and kind not in (pl.Binary, pl.Object, pl.Unknown)


def plain(given: pl.Series, words: Collection[str]) -> pl.Series:
    """A column of any type as Float64, text, or dates."""
    import polars as pl

    kind = given.dtype
    if kind.is_numeric() or kind == pl.Null:
        return given.cast(pl.Float64)
    if kind == pl.Date:
        return given.cast(pl.Datetime("us"))
    if isinstance(kind, pl.Datetime):
        return (given.dt.convert_time_zone("UTC") if kind.time_zone else given).dt.replace_time_zone(None) \
            .dt.cast_time_unit("us")
    if kind == pl.Duration:
        return given.dt.total_microseconds().cast(pl.Float64) / 1e6
    text = given.cast(pl.String)
    return text.set(text.is_in(list(words)), None)
