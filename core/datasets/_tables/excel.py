"""Excel workbooks."""
from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from core.datasets._tables import dialect, preface
from core.datasets._tables.collect import Batch
from core.datasets._tables.guard import guarded
from core.datasets._tables.naming import blank, unique_names
from core.datasets._tables.options import Options
from core.datasets._tables.refusal import refuse
from core.datasets._tables.source import Source
from core.datasets._task import Task

if TYPE_CHECKING:
    import polars as pl

MOST, MOST_UNPACKED, MOST_CELLS = 512 << 20, 2 << 30, 30_000_000
HARMLESS, RATIO = 64 << 20, 300
PIECE = 4 << 20
SAMPLE = 2000
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})?([0-9]{1,7})["']""")
ANEW = "Save it anew, or as CSV."


class Excel:
    """One sheet of a workbook as a table."""

    comma = month_first = False

    def __init__(self, source: Source, options: Options, task: Task):
        import polars as pl

        self.source, self.options = source, options
        data = source.whole(MOST)
        task.tell(f"Reading {source.path.name}")
        self._refuse_bad(data)
        frame = self._read(data)
        full = ~pl.all_horizontal(pl.all().is_null())
        self._rows = frame.select(full.arg_true()).to_series() if frame.width else pl.Series([], dtype=pl.UInt32)
        frame = frame.filter(full) if frame.width else frame
        rows = [*frame.head(SAMPLE).iter_rows()]
        if not rows:
            raise refuse("empty", source.path, "the sheet is empty", "Choose another sheet.")
        above = preface.rows_above(rows, options)
        self._rows, frame, rows = self._rows.slice(above), frame.slice(above), rows[above:]
        self.header = dialect.has_header(rows, options)
        if self.header and len(frame) == 1:
            raise refuse("rows", source.path, "the sheet has a heading, but no row below it", "Choose another sheet.")
        self.names = unique_names(rows[0] if self.header else [None] * frame.width)
        self.blank = blank(rows[0]) if self.header else frozenset()
        self._frame = frame.slice(int(self.header))
        self.sample = self._frame.head(SAMPLE)

    def batches(self, task: Task, wanted: Sequence[int], floats: Collection[int]) -> Iterator[Batch]:
        """All rows, of the columns that are `wanted`."""
        first = int(self.header)
        yield Batch(self._frame.select([str(column) for column in wanted]),
                    lambda row: f"row {self._rows[first + row] + 1:,}")

    def _read(self, data: bytes) -> pl.DataFrame:
        import fastexcel
        import polars as pl

        with guarded(self._damaged):
            book: Any = fastexcel.read_excel(data)
            sheet = self._sheet(book.sheet_names)
            frame = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
            words, text = list(self.options.words), pl.all().cast(pl.String)
            frame = frame.rename({name: str(number) for number, name in enumerate(frame.columns)})
            read: pl.DataFrame = frame.select(pl.when(~text.is_in(words)).then(text))
            return read

    def _damaged(self) -> Exception:
        return refuse("damaged", self.source.path, "this is no Excel workbook, or it is damaged", ANEW)

    def _sheet(self, names: Sequence[str]) -> str:
        wanted = self.options.sheet
        if not names:
            raise refuse("empty", self.source.path, "the workbook has no sheet", "Choose another file.")
        if not wanted:
            return names[0]
        if wanted in names:
            return wanted
        if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
            return names[int(wanted) - 1]
        found = ", ".join(f'"{name}"' for name in names[:10])
        raise refuse("sheet", self.source.path, f'there is no sheet "{wanted}"', f"There is {found}.")

    def _refuse_bad(self, data: bytes) -> None:
        """Raises DataError for what is locked, or unpacks to more than a workbook can hold."""
        if data.startswith(OLE):
            if ENCRYPTED in data:
                raise refuse("password", self.source.path, "the workbook is protected by a password",
                             "Save it without one.")
            return
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                self._measure(archive, len(data))
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
                OverflowError, struct.error):
            raise self._damaged() from None

    def _measure(self, archive: zipfile.ZipFile, packed: int) -> None:
        unpacked = 0
        for member in archive.infolist():
            wide = tall = 0
            with archive.open(member) as stream:
                held = b""
                while piece := stream.read(PIECE):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED or unpacked > max(HARMLESS, RATIO * packed):
                        raise refuse("bomb", self.source.path, "unpacked, the workbook is larger than any real one",
                                     "Save it as CSV if you trust it.")
                    held += piece
                    wide, tall = _extent(held, wide, tall)
                    held = held[-16:]
            if wide * tall > MOST_CELLS:
                raise refuse("large", self.source.path, f"{member.filename} spans {tall:,} rows and {wide:,} columns",
                             "Delete the cells far out, or save it as CSV.")


def _extent(text: bytes, wide: int, tall: int) -> tuple[int, int]:
    """The last column and row with a cell, given those so far."""
    found = CELL.findall(text)
    columns = {letters for letters, _ in found if letters}
    rows = {number for _, number in found}
    return max([wide, *map(_column, columns)]), max([tall, *map(int, rows)])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
