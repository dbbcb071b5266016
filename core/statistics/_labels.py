"""What rows are told apart by: the classes of a column."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets import codes
from core.preprocessing import Column

MOST = 20


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The class of every row. codes (n,) intp from 0 to len(names) - 1, and len(names) where it is not known."""

    name: str
    names: tuple[str, ...]
    codes: np.ndarray

    def name_of(self, row: int) -> str:
        """The class of a row, "" where it is not known."""
        code = int(self.codes[row])
        return self.names[code] if code < len(self.names) else ""


def labelled(column: Column, most: int = MOST) -> bool:
    """Whether a column has classes, and no more than can be told apart."""
    return not column.spec.shape and 1 <= len(column.spec.categories) <= most


def labels_of(column: Column | None, most: int = MOST) -> Labels | None:
    """The classes of a column, or None if it has none, or more than can be told apart."""
    if column is None or not labelled(column, most):
        return None
    count = len(column.spec.categories)
    found = codes(column)
    return Labels(column.spec.name, column.spec.categories, np.where((found < 0) | (found >= count), count, found))
