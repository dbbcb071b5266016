"""A table from a file."""
from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.datasets._from_table import FromTable
from core.datasets._table import TableDataset
from core.datasets._tables import read_table, sniff_kind
from core.kinds import Info
from core.preprocessing import Columns, Specs


class TableFile(FromTable, TableDataset):
    """A table read from a file: text with a mark between the values (CSV, TSV), Excel, Parquet, or JSON lines.

    Types are found out: number, category (at most 1,000 different words), date, else text; so are the encoding, the
    mark between the values, the decimal comma, marks between thousands, and whether the first line names the columns.
    The column with a name such as "target" or "class" is the target, or else the last one that can be predicted;
    numbers of rows, columns of one value, dates, and text beside other inputs are ignored until somebody gives them
    another role. Errors: DataError naming the file and the line.
    """

    info = Info("table", "Table (CSV, Excel, …)", "Rows and columns from a file of your own", category="Your own",
                icon="table",
                keywords=("csv", "tsv", "excel", "xlsx", "parquet", "json", "jsonl", "spreadsheet", "file", "import",
                          "own data"))

    @classmethod
    def takes(cls, path: Path) -> Mapping[str, Any] | None:
        return {"path": str(path)} if sniff_kind(path) else None

    def columns(self) -> Specs:
        return self.summary().columns

    def count(self) -> int:
        return self.summary().count

    def table(self, seed: int) -> Columns:
        return read_table("Table", self.options)
