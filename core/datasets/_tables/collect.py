"""Columns as they are read, batch by batch: one collector for each type."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.datasets._tables import values
from core.datasets._tables.signs import unsigned

if TYPE_CHECKING:
    import polars as pl

# Whole numbers with more different values than this are amounts rather than classes.
CLASSES = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows. `frame` has a column for each number of a column that was asked for, called by it: "0", "7"; it may
    have others.

    Numbers may come as Float64 or as text; everything else as text, dates as Datetime as well. What is missing is None.
    `place` names the place of a row of the batch in the file: "line 12".
    """

    frame: pl.DataFrame
    place: Callable[[int], str]

    @property
    def series(self) -> dict[str, pl.Series]:
        """The columns by name."""
        return dict(zip(self.frame.columns, self.frame.get_columns(), strict=True))


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that is not of the type of its column."""

    value: str
    place: str


@dataclass
class Numbers:
    """Columns of numbers. `odd` holds the first value of each column that is none; `live` are the other columns,
    `plain` those of them that are written without signs between the figures.

    The values of `exact` columns are kept as they are, to see whether any two are alike. Those
    in `signs` have this sign with every number.
    """

    columns: list[int]
    comma: bool
    missing_words: frozenset[str]
    exact: frozenset[int] = frozenset()
    signs: Mapping[int, str] = field(default_factory=dict)
    odd: dict[int, Odd] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.live = set(self.columns)
        # Those that need no more than to be read as they stand.
        self.plain = set(self.columns) - self.signs.keys()
        self._place = {column: place for place, column in enumerate(self.columns)}
        self._blocks: list[np.ndarray] = []
        self._distinct: dict[int, set[float]] = {column: set() for column in self.columns}
        self._exact: dict[int, list[np.ndarray]] = {column: [] for column in self.exact & set(self.columns)}
        self.low = np.full(len(self.columns), np.nan)
        self.high = self.low.copy()

    def place(self, column: int) -> int:
        """Where the column is in `low` and `high`."""
        return self._place[column]

    def add(self, given: dict[str, pl.Series], place: Callable[[int], str]) -> None:
        """Take in rows: the columns by the names that they have in a batch."""
        import polars as pl

        # An expression for each of thousands of columns would take longer than reading them.
        for column in sorted(self.live):
            if given[str(column)].dtype != pl.Float64:
                given[str(column)] = self._converted(given[str(column)], column, place)
        good = sorted(self.live)
        if not good:
            return
        frame = pl.DataFrame([given[str(column)] for column in good])
        wide = np.full((len(self.columns), frame.height), np.nan, np.float32)
        with np.errstate(over="ignore"):
            wide[[self._place[column] for column in good]] = frame.to_numpy().T
        self._blocks.append(wide)
        self.low = np.fmin(self.low, np.fmin.reduce(wide, axis=1, initial=np.nan))
        self.high = np.fmax(self.high, np.fmax.reduce(wide, axis=1, initial=np.nan))
        self._count(wide)
        for column in self.live & self._exact.keys():
            self._exact[column].append(given[str(column)].fill_null(np.nan).to_numpy())

    def _converted(self, given: pl.Series, column: int, place: Callable[[int], str]) -> pl.Series:
        sign = self.signs.get(column, "")
        found, plain = values.numbers(unsigned(given, sign) if sign else given, comma=self.comma)
        if not plain:
            self.plain.discard(column)
        if odd := _odd(given, found, self.missing_words, place):
            self.odd[column] = odd
            self.live.discard(column)
            self.plain.discard(column)
        return found

    def _count(self, wide: np.ndarray) -> None:
        """Keep the different values of columns that hold few whole numbers."""
        head = wide[:, : 5 * CLASSES]
        # Most columns show at once that they hold other numbers.
        whole = ((head == np.trunc(head)) | np.isnan(head)).all(axis=1)
        for column, seen in list(self._distinct.items()):
            place = self._place[column]
            if not whole[place]:
                del self._distinct[column]
            elif not _among(wide[place], seen):
                seen.update(np.unique(wide[place][~np.isnan(wide[place])]).tolist())
                if len(seen) > CLASSES or not all(map(float.is_integer, seen)):
                    del self._distinct[column]

    def values(self, column: int) -> np.ndarray:
        """The column (n,) float32."""
        place = self._place[column]
        return np.concatenate([block[place] for block in self._blocks]) if self._blocks else np.empty(0, np.float32)

    def wholes(self, column: int) -> tuple[int, ...]:
        """The different values of a column of few whole numbers, else nothing."""
        return tuple(sorted(map(int, self._distinct.get(column, ()))))

    def unique(self, column: int) -> bool:
        """True if no two values of an `exact` column are alike, none is missing, and all are whole."""
        whole = np.concatenate(self._exact[column]) if self._exact.get(column) else np.empty(0)
        return bool(np.array_equal(whole, np.trunc(whole))) and len(np.unique(whole)) == len(whole)


def _among(values: np.ndarray, known: set[float]) -> bool:
    """True if all of the values, as far as they are there, are `known`."""
    left = ~np.isnan(values)
    for one in known:
        left &= values != one
    return not left.any()


def _odd(given: pl.Series, found: pl.Series, missing: frozenset[str], place: Callable[[int], str]) -> Odd | None:
    """The first value that is there, but not among those `found`."""
    if found.null_count() == given.null_count():
        return None
    for row in (found.is_null() & given.is_not_null()).arg_true():
        if str(given[row]).strip() not in missing:
            return Odd(str(given[row]), place(row))
    return None


@dataclass
class Dates:
    """A column of dates in one format."""

    form: str
    missing_words: frozenset[str]
    odd: Odd | None = None

    def __post_init__(self) -> None:
        self._parts: list[np.ndarray] = []

    def add(self, given: pl.Series, place: Callable[[int], str]) -> None:
        found = values.dates(given, self.form)
        self.odd = _odd(given, found, self.missing_words, place)
        if self.odd is None:
            self._parts.append(found.to_numpy())

    def values(self) -> np.ndarray:
        """The column (n,) datetime64[us], NaT where one is missing."""
        return np.concatenate(self._parts) if self._parts else np.empty(0, "datetime64[us]")
