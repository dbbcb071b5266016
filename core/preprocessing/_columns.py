"""Samples as columns: what a table is made of, and what preprocessing works on."""
from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

ColumnKind = Literal["number", "category", "text", "date"]
Role = Literal["input", "target", "ignore"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """What is known of a column without looking at its values.

    `shape` is that of one value: () for a plain number, (28, 28, 1) for a picture. `categories` names the values of a
    category. `role` is what the column is for until somebody says otherwise. `missing` counts its empty values, as far
    as that is known. `tokens` is how many different words the numbers of a sequence stand for, 0 if for none, and
    `words` what they stand for, from 0, if they have names. `parts` names the numbers of one value where they have
    names, as those of a one-hot column.
    """

    name: str
    kind: ColumnKind = "number"
    role: Role = "input"
    categories: tuple[str, ...] = ()
    shape: tuple[int, ...] = ()
    missing: int = 0
    tokens: int = 0
    parts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many numbers one value is made of."""
        return math.prod(self.shape)

    @property
    def names(self) -> tuple[str, ...]:
        """A name for every number of a value, or none if its numbers have none."""
        return self.parts or ((self.name,) if not self.shape else ())

    def spelled(self, tokens: np.ndarray) -> str:
        """A sequence of numbers that stand for words: these words, or the numbers where they have no names."""
        return " ".join(self.words[int(token)] if 0 <= token < len(self.words) else f"{token:.0f}"
                        for token in np.ravel(tokens))


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column with its values.

    values (n, *spec.shape): of a "number" float32, NaN where one is missing; of a "category" int32, the place in
    `spec.categories`, -1 where one is missing; of a "text" an object array of str, "" where one is missing; of a "date"
    datetime64[us], NaT where one is missing.
    """

    spec: ColumnSpec
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.values)

    def take(self, index: np.ndarray) -> Column:
        """The rows at `index`, copied."""
        return Column(self.spec, self.values[index])

    def with_values(self, values: np.ndarray, **changes: object) -> Column:
        """Other values under the same name; `changes` are of the spec."""
        return Column(replace(self.spec, **changes) if changes else self.spec, values)  # type: ignore[arg-type]


Columns = tuple[Column, ...]
Specs = tuple[ColumnSpec, ...]


def specs(columns: Iterable[Column]) -> Specs:
    """What is known of these columns."""
    return tuple(column.spec for column in columns)


def rows(columns: Columns, index: np.ndarray) -> Columns:
    """The rows at `index` of every column, copied."""
    return tuple(column.take(index) for column in columns)
