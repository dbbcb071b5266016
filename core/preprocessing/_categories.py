"""The values of a category as places in a list of names."""
from __future__ import annotations

import numpy as np

from core.preprocessing._columns import Column


def places(column: Column, names: tuple[str, ...]) -> np.ndarray:
    """Where each value of the column stands among `names` (n,) intp; -1 where it is missing or not among them.

    The column may list its categories in another order, or be one of a few whole numbers.
    """
    own = column.spec.categories
    if column.spec.kind == "category":
        if own == names:
            return column.values.astype(np.intp)
        known = {name: place for place, name in enumerate(names)}
        # The last place is that of -1: missing.
        table = np.array([*(known.get(name, -1) for name in own), -1], np.intp)
        return np.asarray(table[column.values])
    numbers = np.array([float(name) for name in names])
    order = np.argsort(numbers)
    found = order[np.clip(np.searchsorted(numbers, column.values, sorter=order), 0, len(numbers) - 1)]
    return np.where(numbers[found] == column.values, found, -1)
