"""Which columns tell most about what is to be predicted."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.preprocessing import Column


def telling(columns: Sequence[Column], target: np.ndarray, classes: int = 0) -> list[int]:
    """Places of single-valued columns, those that explain most of the spread of a target first; equal ones in order.

    `target` (n,) holds class numbers where there are `classes`, else numbers. The measure is the share of variance that
    one side explains of the other: the squared correlation of two numbers, the correlation ratio of a number and
    classes, and of two kinds of classes the largest ratio of any one of them.
    Source: Fisher 1925, Statistical methods for research workers (eta squared).
    """
    scores = [_score(column, target, classes) for column in columns]
    return sorted(range(len(columns)), key=lambda place: -scores[place])


def _score(column: Column, target: np.ndarray, classes: int) -> float:
    values, kind = column.values, column.spec.kind
    if kind == "number":
        known = np.isfinite(values)
        there, goal = values[known].astype(np.float64), target[known]
        return _ratio(there, goal, classes) if classes else _squared(there, goal)
    if kind == "category":
        known = values >= 0
        codes, goal, count = values[known], target[known], len(column.spec.categories)
        if not classes:
            return _ratio(goal.astype(np.float64), codes, count)
        return max((_ratio((goal == one).astype(np.float64), codes, count) for one in range(classes)), default=0.0)
    return 0.0


def _squared(x: np.ndarray, y: np.ndarray) -> float:
    x, y = x - x.mean() if x.size else x, y - y.mean() if y.size else y
    size = float((x @ x) * (y @ y))
    return float(x @ y) ** 2 / size if size > 0 else 0.0


def _ratio(values: np.ndarray, codes: np.ndarray, count: int) -> float:
    """The variance between the groups as a share of all variance."""
    if not values.size:
        return 0.0
    values = values - values.mean()
    whole = float(values @ values)
    sizes = np.bincount(codes, minlength=count)
    sums = np.bincount(codes, values, minlength=count)
    return float((sums**2 / np.maximum(sizes, 1)).sum()) / whole if whole > 0 else 0.0
