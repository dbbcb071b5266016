"""Which rows are shown, and in which order."""
from __future__ import annotations

import numpy as np

from core.datasets import Task
from core.preprocessing import Column
from core.statistics._labels import Labels


def evenly(count: int, most: int) -> np.ndarray:
    """Places of at most `most` of `count` rows, evenly chosen, in ascending order."""
    if count <= most:
        return np.arange(count)
    return np.arange(most) * count // most


def of_class(labels: Labels, number: int) -> np.ndarray:
    """Places of the rows of one class, in ascending order."""
    return np.flatnonzero(labels.codes == number)


def order(column: Column, *, descending: bool = False, task: Task | None = None) -> np.ndarray:
    """Places of the rows sorted by the values of a column; equal ones stay in order, missing ones come last."""
    (task or Task()).tell("Sorting")
    if column.spec.kind == "text":
        return _by_text(column.values, descending)
    keys, missing = _keys(column)
    there = np.flatnonzero(~missing)
    values = keys[there]
    if descending:
        # Sorted backwards and turned around, so that equal ones stay in order.
        found = len(there) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
    else:
        found = np.argsort(values, kind="stable")
    return np.concatenate([there[found], np.flatnonzero(missing)])


def _keys(column: Column) -> tuple[np.ndarray, np.ndarray]:
    values = column.values
    match column.spec.kind:
        case "category":
            names = np.array(column.spec.categories, dtype=object)
            rank = np.empty(len(names) + 1, np.intp)
            rank[np.argsort(names, kind="stable")] = np.arange(len(names))
            missing = (values < 0) | (values >= len(names))
            return rank[np.where(missing, len(names), values)], missing
        case "date":
            return values, np.isnat(values)
        case _:
            return values, np.isnan(values)


def _by_text(values: np.ndarray, descending: bool) -> np.ndarray:
    # Leaves the interpreter to others while it sorts.
    import polars

    texts = polars.Series(values=values.tolist(), dtype=polars.String)
    texts = texts.set(texts == "", None)
    frame = polars.DataFrame({"text": texts, "row": polars.int_range(len(values), eager=True)})
    found = frame.sort("text", descending=descending, nulls_last=True, maintain_order=True)
    return found["row"].to_numpy()


def spread_rows(count: int, labels: Labels | None, most: int, turn: int = 0) -> np.ndarray:
    """Places of at most `most` of `count` rows, of every class as many; another `turn` gives others, if there are."""
    if labels is None:
        groups = [np.arange(count)]
    else:
        groups = [of_class(labels, number) for number in range(len(labels.names))]
        groups = [group for group in groups if len(group)]
    each = max(1, most // max(1, len(groups)))
    found = [_turned(group, each, turn) for group in groups]
    return np.sort(np.concatenate(found)) if found else np.empty(0, np.intp)


def _turned(group: np.ndarray, most: int, turn: int) -> np.ndarray:
    gap = max(1, len(group) // max(1, most))
    return np.unique(group[(evenly(len(group), most) + turn % gap) % max(1, len(group))])


def value_range(values: np.ndarray) -> tuple[float, float]:
    """The lowest and the highest finite value, 0 and 1 if there is none."""
    known = values[np.isfinite(values)]
    return (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
