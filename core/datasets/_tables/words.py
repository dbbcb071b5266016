"""Columns of words, as they are read."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl

CATEGORIES = 1000
# Up to so many rows, Python is faster than a query.
FEW = 2000


@dataclass
class Words:
    """A column of words: as numbers of categories as long as there are few different ones, then as text."""

    missing_words: frozenset[str]
    text: bool = False

    def __post_init__(self) -> None:
        self.names: list[str] = []
        self._known: dict[str, int] = {}
        self._codes: list[np.ndarray] = []
        self._texts: list[pl.Series] = []
        self.missing = self.count = 0

    def add(self, given: pl.Series) -> None:
        import polars as pl

        given = given if given.dtype == pl.String else _as_words(given)
        self.count += len(given)
        if not self.text:
            few = len(given) <= FEW
            seen = [*dict.fromkeys(given.to_list())] if few else given.unique(maintain_order=True).to_list()
            for name in seen:
                if name is not None and name not in self._known and name not in self.missing_words:
                    self._known[name] = len(self.names)
                    self.names.append(name)
            if len(self.names) <= CATEGORIES:
                codes = self._coded_few(given) if few else self._coded(given)
                self._codes.append(codes)
                self.missing += int((codes < 0).sum())
                return
            self._give_up()
        given = self._cleared(given)
        self.missing += given.null_count()
        self._texts.append(given)

    def _coded_few(self, given: pl.Series) -> np.ndarray:
        """The places of the words among the names, -1 where one is missing: the fastest way for a short column."""
        return np.fromiter((self._known.get(name, -1) for name in given.to_list()), np.int32, len(given))

    def _coded(self, given: pl.Series) -> np.ndarray:
        """The same for a long column."""
        import polars as pl

        given = self._cleared(given)
        codes = given.cast(pl.Enum(self.names)).to_physical() if self.names else given
        return codes.cast(pl.Int32).fill_null(-1).to_numpy()

    def _cleared(self, given: pl.Series) -> pl.Series:
        """The words with None for those that mean a missing value."""
        return given.set(given.is_in(list(self.missing_words)), None)

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
        return not self.text and 2 * len({name.strip() for name in self.names}) <= self.count - self.missing

    def codes(self) -> tuple[tuple[str, ...], np.ndarray]:
        """The categories in their order, and the column as places among them, int32, -1 where one is missing."""
        tidy = [name.strip() for name in self.names]
        order = _sorted(set(tidy) - self.missing_words)
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
