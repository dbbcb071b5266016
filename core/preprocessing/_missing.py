"""Where values are missing."""
from __future__ import annotations

import numpy as np

from core.preprocessing._columns import Column


def missing(column: Column) -> np.ndarray:
    """True in each row (n,) where a value of the column, or a number of it, is missing."""
    values = column.values
    if column.spec.kind == "category":
        return np.asarray(values < 0)
    if column.spec.kind == "date":
        return np.asarray(np.isnat(values))
    if column.spec.kind == "text":
        return np.asarray(values == "", np.bool_)
    lacking: np.ndarray = np.isnan(values)
    return lacking if lacking.ndim == 1 else np.asarray(lacking.reshape(len(values), -1).any(axis=1))
