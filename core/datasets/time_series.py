"""A series of measurements, cut into windows."""
from __future__ import annotations

import numpy as np

from core.datasets._base import DataSpec, Samples
from core.datasets._from_table import FromTable
from core.datasets._tables import read_table
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Int, Names, Text
from core.preprocessing import Columns, Specs

# A GiB of float32.
MOST_VALUES = 1 << 28


class TimeSeries(FromTable):
    """Columns of numbers of a table, cut into windows; predicted is how one of them goes on.

    Shapes: x (n, window, columns) float32; y (n, horizon) float32, the next values of the target column. The rows of
    the table are points in time, in their order or in that of a column. Windows overlap, so parts drawn at random
    share values: choose the split "In order", which keeps validation and test behind the training part. Errors:
    DataError naming the file and the row.
    """

    info = Info("time_series", "Time series", "Columns of numbers from a file, cut into windows", category="Your own",
                icon="curve",
                keywords=("forecast", "window", "sequence", "csv", "stock", "sensor", "lag", "horizon", "prediction"))
    ordered = True
    leading = ("path", "columns_used", "target", "window", "horizon", "stride", "order")
    columns_used = Names(label="Columns", special="all numbers", doc="The columns that a window shows.")
    target = Text(special="the first column", doc="The column whose next values are predicted.")
    window = Int(default=20, low=1, high=100_000, unit="rows", doc="How many rows a window shows.")
    horizon = Int(default=1, low=1, high=10_000, unit="rows", doc="How many values after the window are predicted.")
    stride = Int(default=1, low=1, high=100_000, unit="rows", doc="How many rows lie between the beginnings of two "
                 "windows; overlapping ones share values, so split in order.")
    order = Text(special="as in the file", doc="The column of dates or numbers by which the rows are sorted.")

    def spec(self) -> DataSpec:
        names, target = self._chosen(self.summary().columns)
        count = self._windows(self.summary().count)
        if count * self.window * len(names) > MOST_VALUES:
            raise self._refusal("large", f"{count:,} windows of {self.window:,} rows and {len(names):,} columns are "
                                "too many", "Raise the stride, or shorten the window.")
        ahead = tuple(f"{target} +{step}" for step in range(1, self.horizon + 1))
        return DataSpec((self.window, len(names)), targets=self.horizon, target_names=ahead, samples=count)

    def load(self, seed: int) -> Samples:
        spec = self.spec()
        table = read_table(self.info.title, self.options)
        names, target = self._chosen(tuple(column.spec for column in table))
        rows = self._sorted(table)
        values = {column.spec.name: column.values[rows] for column in table if column.spec.name in {*names, target}}
        for name, series in values.items():
            self._refuse_gaps(name, series, rows)
        wide = np.column_stack([values[name] for name in names])
        x = np.lib.stride_tricks.sliding_window_view(wide, self.window, axis=0)[:: self.stride][: spec.samples]
        ahead = np.lib.stride_tricks.sliding_window_view(values[target][self.window:], self.horizon)
        y = ahead[:: self.stride][: spec.samples]
        return Samples(np.ascontiguousarray(x.transpose(0, 2, 1)), np.array(y, np.float32))

    def _chosen(self, columns: Specs) -> tuple[tuple[str, ...], str]:
        """The columns of a window, and the one to predict. Raises DataError."""
        numbers = {spec.name for spec in columns if spec.kind == "number"}
        for name in (*self.columns_used, *((self.target,) if self.target else ())):
            if name not in numbers:
                there = any(spec.name == name for spec in columns)
                raise self._refusal("column", f'the column "{name}" holds no numbers' if there else
                                    f'there is no column "{name}"', "Choose another column.")
        useful = tuple(spec.name for spec in columns if spec.kind == "number" and spec.role != "ignore"
                       and spec.name != self.order)
        names = self.columns_used or useful
        if not names:
            raise self._refusal("column", "no column holds numbers that change", "Choose another file.")
        return names, self.target or names[0]

    def _windows(self, rows: int) -> int:
        """How many windows there are. Raises DataError if there is none."""
        span = self.window + self.horizon
        if rows < span:
            raise self._refusal("few", f"{rows:,} rows are too few for a window of {self.window:,} and "
                                f"{self.horizon:,} to predict", "Shorten the window, or choose a longer series.")
        return (rows - span) // self.stride + 1

    def _sorted(self, table: Columns) -> np.ndarray:
        """The places of the rows in their order in time."""
        if not self.order:
            return np.arange(len(table[0]))
        column = next((column for column in table if column.spec.name == self.order), None)
        if column is None or column.spec.kind not in ("date", "number"):
            what = f'the column "{self.order}" holds neither dates nor numbers' if column else \
                f'there is no column "{self.order}"'
            raise self._refusal("order", what, "Sort by another column, or leave the rows as they are.")
        missing = np.isnat(column.values) if column.spec.kind == "date" else np.isnan(column.values)
        if missing.any():
            raise self._refusal("order", f'row {int(missing.argmax()) + 1:,} of the column "{self.order}" is empty',
                                "Fill it in, or sort by another column.")
        return np.argsort(column.values, kind="stable")

    def _refuse_gaps(self, name: str, series: np.ndarray, rows: np.ndarray) -> None:
        bad = ~np.isfinite(series)
        if bad.any():
            verb = "is" if bad.sum() == 1 else "are"
            raise self._refusal("missing", f'{int(bad.sum()):,} of {len(bad):,} values of the column "{name}" {verb} '
                                f"missing or infinite, first in row {int(rows[bad].min()) + 1:,}",
                                "Fill in the file, or choose other columns.")

    def _refusal(self, code: str, what: str, hint: str) -> DataError:
        return DataError(Problem(f"series.{code}", f"{self.info.title}: {what}.", param="source", hint=hint))
