"""The samples of a data set in the form in which people look at them: rows of single values, pictures, series."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.datasets import Dataset, Parts, Recipe, Task, columns_of, prepare
from core.errors import CoreError
from core.params import EMPTY
from core.preprocessing import Column, Columns

# A matrix with fewer columns is a series of measurements, not a picture.
NARROWEST = 5
SHORTEST = 8
PARTS = ("training", "validation", "test")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Rows of a data set. Nothing in it may be changed: it shares its arrays with whoever holds the data.

    columns: one for every single number, category, text or date; what has several axes is one column still.
    owners: for every column the name that it can be given another role by, "" where it cannot.
    pictures (n, height, width) or (n, height, width, 3), series (n, time, channels): another look at the same numbers.
    parts (n,): 0 training, 1 validation, 2 test; None where that is not known.
    """

    title: str
    columns: Columns
    owners: tuple[str, ...]
    pictures: np.ndarray | None = None
    series: np.ndarray | None = None
    parts: np.ndarray | None = None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.columns[0]) if self.columns else 0

    def role(self, place: int, roles: Mapping[str, str] = EMPTY) -> str:
        """What a column is for, given the roles that were chosen."""
        return roles.get(self.owners[place], self.columns[place].spec.role)

    def target(self, roles: Mapping[str, str] = EMPTY) -> int | None:
        """The place of the column that is to be predicted: the first one, if there are several."""
        return next((place for place in range(len(self.columns)) if self.role(place, roles) == "target"), None)

    def numbers(self) -> tuple[int, ...]:
        """Places of the columns of single numbers."""
        return tuple(i for i, c in enumerate(self.columns) if c.spec.kind == "number" and not c.spec.shape)

    def texts(self) -> tuple[int, ...]:
        """Places of the columns of text."""
        return tuple(i for i, c in enumerate(self.columns) if c.spec.kind == "text" and not c.spec.shape)


def gather(dataset: Dataset, recipe: Recipe, task: Task | None = None) -> Frame:
    """The rows as the data set gives them, before any step. Slow. Raises DataError, CancelledError."""
    (task or Task()).tell(f"Reading {dataset.title}")
    return _framed(dataset.title, dataset.table(recipe.seed), _picture(dataset))


def gather_prepared(dataset: Dataset, recipe: Recipe, task: Task | None = None) -> Frame:
    """The rows of all parts as the network gets them. Slow. Raises DataError, CancelledError."""
    (task or Task()).tell(f"Preparing {dataset.title}")
    found = prepare(dataset, recipe)
    columns = _prepared_columns(found)
    sizes = [len(found.train), len(found.validation), len(found.test)]
    frame = _framed(found.title, columns, found.spec.picture)
    return replace(frame, owners=("",) * len(frame.columns), parts=np.repeat(np.arange(3, dtype=np.uint8), sizes))


def _prepared_columns(found: Parts) -> Columns:
    used = [part for part in (found.train, found.validation, found.test) if len(part)]
    # What is not split is not copied.
    x = used[0].x if len(used) == 1 else np.concatenate([part.x for part in used])
    y = used[0].y if len(used) == 1 else np.concatenate([part.y for part in used])
    inputs, *targets = columns_of(found.spec)
    values = [y] if found.spec.classification else list(y.T)
    return Column(inputs, x), *map(Column, targets, values)


def _picture(dataset: Dataset) -> tuple[int, int] | None:
    try:
        return dataset.spec().picture
    except CoreError:
        # A table whose roles do not make sense yet can be looked at all the same.
        return None


def _framed(title: str, columns: Columns, picture: tuple[int, int] | None) -> Frame:
    flat: list[Column] = []
    owners: list[str] = []
    pictures = series = None
    for column in columns:
        singles = _apart(column)
        flat += singles
        named = not column.spec.shape or bool(column.spec.parts) or len(column.spec.shape) > 1
        owners += [single.spec.name if named else "" for single in singles]
        if column.spec.kind == "number" and column.spec.role != "target" and not column.spec.tokens:
            if (found := pictures_in(column, picture)) is not None:
                pictures = found
            elif (found := series_in(column)) is not None:
                series = found
    return Frame(title, tuple(flat), tuple(owners), pictures, series)


def _apart(column: Column) -> list[Column]:
    """A column of vectors as single columns that share its numbers."""
    spec = column.spec
    if len(spec.shape) != 1 or spec.tokens:
        return [column]
    names = spec.parts or tuple(f"{spec.name} {i + 1}" for i in range(spec.width))
    return [Column(replace(spec, name=name, shape=(), parts=()), column.values[:, i]) for i, name in enumerate(names)]


def pictures_in(column: Column, picture: tuple[int, int] | None = None) -> np.ndarray | None:
    """The values as pictures (n, height, width) or (n, height, width, 3), or None if they are none.

    `picture` is the height and width of pictures whose rows lie one after another.
    """
    shape, values = column.spec.shape, column.values
    if len(shape) == 1:
        flat = picture is not None and picture[0] * picture[1] == shape[0]
        return values.reshape(len(values), *picture) if flat and picture is not None else None
    if len(shape) == 2:
        return values if min(shape) >= NARROWEST else None
    if len(shape) == 3 and shape[2] in (1, 3):
        return values[..., 0] if shape[2] == 1 else values
    return None


def series_in(column: Column) -> np.ndarray | None:
    """The values as series (n, time, channels), or None if they are none."""
    shape = column.spec.shape
    if len(shape) == 2:
        return column.values
    if len(shape) == 1 and not column.spec.parts and shape[0] >= SHORTEST:
        return column.values[:, :, None]
    return None
