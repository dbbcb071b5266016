"""Columns as they are read, batch by batch: one collector for each type."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.datasets._tables import values

if TYPE_CHECKING:
    import polars as pl

CATEGORIES = 1000
# Whole numbers with more different values than this are amounts rather than classes.
CLASSES = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows. `frame` has a column for each number of a column that was asked for, called by it: "0", "7".

    Numbers may come as Float64 or as text; everything else as text, dates as Datetime as well. What is missing is None.
    `place` names the place of a row of the batch in the file: "line 12".
    """

    frame: pl.DataFrame
    place: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that is not of the type of its column."""

    value: str
    place: str


@dataclass
class Numbers:
    """Columns of numbers. `odd` holds the first value of each column that is none; such a column is given up."""

    columns: list[int]
    comma: bool
    exact: frozenset[int] = frozenset()
    odd: dict[int, Odd] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._place = {column: place for place, column in enumerate(self.columns)}
        self._blocks: list[np.ndarray] = []
        self._distinct: dict[int, set[float]] = {column: set() for column in self.columns}
        self._exact: dict[int, list[np.ndarray]] = {column: [] for column in self.exact & set(self.columns)}
        self.low = np.full(len(self.columns), np.nan)
        self.high = self.low.copy()

    def place(self, column: int) -> int:
        """Where the column is in `low` and `high`."""
        return self._place[column]

    @property
    def live(self) -> list[int]:
        """The columns that have held numbers only so far."""
        return [column for column in self.columns if column not in self.odd]

    def add(self, batch: Batch) -> None:
        import polars as pl

        series = {column: self._converted(batch, column) for column in self.live}
        wide = np.full((len(self.columns), batch.frame.height), np.nan, np.float32)
        good = [column for column in self.live if column in series]
        if not good:
            return
        frame = pl.DataFrame([series[column].alias(str(column)) for column in good])
        wide[[self._place[column] for column in good]] = frame.cast(pl.Float32).fill_null(np.nan).to_numpy().T
        self._blocks.append(wide)
        self.low = np.fmin(self.low, np.fmin.reduce(wide, axis=1, initial=np.nan))
        self.high = np.fmax(self.high, np.fmax.reduce(wide, axis=1, initial=np.nan))
        self._count(wide)
        for column, parts in self._exact.items():
            if column in series:
                parts.append(series[column].fill_null(np.nan).to_numpy())

    def _converted(self, batch: Batch, column: int) -> pl.Series:
        import polars as pl

        given = batch.frame[str(column)]
        if given.dtype == pl.Float64:
            return given
        found = values.numbers(given, comma=self.comma)
        bad = found.is_null() & given.is_not_null()
        if bad.any():
            row = int(bad.arg_true()[0])
            self.odd[column] = Odd(str(given[row]), batch.place(row))
        return found

    def _count(self, wide: np.ndarray) -> None:
        """Keep the different values of columns that hold few whole numbers."""
        for column, seen in list(self._distinct.items()):
            part = wide[self._place[column]]
            # Most columns with many values show it at once.
            for piece in (part[:CLASSES * 5], part):
                found = np.unique(piece[~np.isnan(piece)])
                if not np.array_equal(found, np.trunc(found)) or not np.isfinite(found).all():
                    found = np.arange(CLASSES + 1, dtype=np.float32)
                seen.update(found.tolist() if len(found) <= CLASSES else range(CLASSES + 1))
                if len(seen) > CLASSES:
                    del self._distinct[column]
                    break

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


@dataclass
class Words:
    """A column of words: as numbers of categories as long as there are few different ones, then as text."""

    text: bool = False

    def __post_init__(self) -> None:
        self.names: list[str] = []
        self._known: set[str] = set()
        self._codes: list[np.ndarray] = []
        self._texts: list[pl.Series] = []
        self.missing = self.count = 0

    def add(self, given: pl.Series) -> None:
        import polars as pl

        given = given if given.dtype == pl.String else _as_words(given)
        self.count += len(given)
        self.missing += given.null_count()
        if not self.text:
            fresh = [name for name in given.unique(maintain_order=True).drop_nulls() if name not in self._known]
            self.names += fresh
            self._known.update(fresh)
            if len(self.names) <= CATEGORIES:
                codes = given.cast(pl.Enum(self.names)).to_physical() if self.names else given
                self._codes.append(codes.cast(pl.Int32).fill_null(-1).to_numpy())
                return
            self._give_up()
        self._texts.append(given)

    def _give_up(self) -> None:
        """Go on with text."""
        import polars as pl

        names = pl.Series(self.names, dtype=pl.String)
        for codes in self._codes:
            picked = pl.Series(codes, dtype=pl.Int32)
            self._texts.append(names.gather(picked.set(picked < 0, None)))
        self.text, self._codes = True, []

    @property
    def unique(self) -> bool:
        """True if no two values are alike and none is missing, as far as that is known."""
        return not self.text and len(self.names) == self.count

    @property
    def categorical(self) -> bool:
        """True if the words look like classes: few, and each of them twice on average."""
        return not self.text and 2 * len(self.names) <= self.count - self.missing

    def codes(self) -> tuple[tuple[str, ...], np.ndarray]:
        """The categories in their order, and the column as places among them, int32, -1 where one is missing."""
        tidy = [name.strip() for name in self.names]
        order = _sorted(set(tidy) - {""})
        place = {name: number for number, name in enumerate(order)}
        lookup = np.array([*(place.get(name, -1) for name in tidy), -1], np.int32)
        codes = np.concatenate(self._codes) if self._codes else np.empty(0, np.int32)
        return tuple(order), lookup[codes]

    def texts(self) -> np.ndarray:
        """The column as text (n,) object, "" where one is missing."""
        if not self.text:
            self._give_up()
        found = np.empty(self.count, object)
        begun = 0
        for part in self._texts:
            found[begun : begun + len(part)] = part.fill_null("").to_list()
            begun += len(part)
        return found


def _as_words(given: pl.Series) -> pl.Series:
    """Numbers or dates as one would write them: whole ones without a point."""
    import polars as pl

    if given.dtype != pl.Float64:
        return given.cast(pl.String)
    return given.cast(pl.String).str.strip_suffix(".0")


def _sorted(names: set[str]) -> Sequence[str]:
    """By size if all are whole numbers, else by alphabet."""
    if all(name.lstrip("+-").isdecimal() for name in names):
        return sorted(names, key=lambda name: (float(name), name))
    return sorted(names)


@dataclass
class Dates:
    """A column of dates in one format."""

    form: str
    odd: Odd | None = None

    def __post_init__(self) -> None:
        self._parts: list[np.ndarray] = []

    def add(self, given: pl.Series, place: Callable[[int], str]) -> None:
        found = values.dates(given, self.form)
        bad = found.is_null() & given.is_not_null()
        if bad.any():
            row = int(bad.arg_true()[0])
            self.odd = Odd(str(given[row]), place(row))
        else:
            self._parts.append(found.to_numpy())

    def values(self) -> np.ndarray:
        """The column (n,) datetime64[us], NaT where one is missing."""
        return np.concatenate(self._parts) if self._parts else np.empty(0, "datetime64[us]")
