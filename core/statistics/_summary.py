"""What can be said of a column in a few numbers, and how its values are spread."""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.datasets import Task
from core.preprocessing import Column, Columns
from core.statistics._choose import evenly
from core.statistics._labels import Labels
from core.statistics._spread import BARS, Measures, measure

# So many numbers are counted at once, between two looks at whether anybody still waits.
BLOCK = 1 << 20
WORDS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """One column.

    `infinite` values are neither missing nor part of mean, deviation, quartiles and bars. Dates are measured in seconds
    since 1970; of texts and of values with several numbers the length and the numbers are measured. deviation: of the
    population, as the step Standardise takes it. What does not exist is NaN.

    edges (bars + 1,): limits of the bars, or `names` of what each stands for; counts (bars, classes + 1): rows of each
    class, and behind them those whose class is not known. `others` counts the rows of names that have no bar.
    """

    rows: int
    missing: int
    infinite: int
    distinct: int
    mean: float = math.nan
    deviation: float = math.nan
    low: float = math.nan
    lower: float = math.nan
    median: float = math.nan
    upper: float = math.nan
    high: float = math.nan
    edges: np.ndarray | None = None
    names: tuple[str, ...] = ()
    counts: np.ndarray | None = None
    others: int = 0

    @property
    def constant(self) -> bool:
        """True if all values are the same."""
        return self.distinct == 1


def summarise(columns: Columns, labels: Labels | None = None, task: Task | None = None) -> tuple[Summary, ...]:
    """A summary of each column, in order. Raises CancelledError."""
    task = task or Task()
    found: list[Summary] = []
    for group in _groups(columns):
        task.tell()
        if _measured(group[0]):
            found += _numbers(group, labels)
        elif group[0].spec.kind == "category":
            found.append(_categories(group[0], labels))
        else:
            found.append(_texts(group[0], labels, task))
    return tuple(found)


def _measured(column: Column) -> bool:
    return column.spec.kind in ("number", "date") and not column.spec.shape


def _groups(columns: Columns) -> Iterator[Columns]:
    """Neighbours that can be counted at once, and all others alone."""
    group: list[Column] = []
    for column in columns:
        same = group and _measured(column) and column.values.dtype == group[0].values.dtype
        if group and not (same and (len(group) + 1) * len(column) <= BLOCK):
            yield tuple(group)
            group = []
        group.append(column)
        if not _measured(column):
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _numbers(columns: Columns, labels: Labels | None) -> list[Summary]:
    values = np.stack([seconds(column.values) for column in columns])
    found = measure(values, None if labels is None else labels.codes, 0 if labels is None else len(labels.names))
    return [_summary(found, place) for place in range(len(columns))]


def _summary(found: Measures, place: int) -> Summary:
    bars = int(found.bars[place])
    mean, deviation, low, lower, median, upper, high = map(float, found.figures[:, place])
    return Summary(found.rows, int(found.missing[place]), int(found.infinite[place]), int(found.distinct[place]),
                   mean, deviation, low, lower, median, upper, high, found.edges(place),
                   counts=found.counts[place, :bars])


def seconds(values: np.ndarray) -> np.ndarray:
    """Numbers as they are, dates as seconds since 1970 with NaN where one is missing."""
    if values.dtype.kind != "M":
        return values
    moments = values.astype("datetime64[us]").astype(np.int64) / 1e6
    moments[np.isnat(values)] = math.nan
    return moments


def _categories(column: Column, labels: Labels | None) -> Summary:
    names, codes = column.spec.categories, column.values
    count = len(names)
    known = (codes >= 0) & (codes < count)
    place = np.where(known, codes, count)
    totals = np.bincount(place, minlength=count + 1)
    table = _by_class(place, count + 1, labels)
    order = np.arange(count) if count <= BARS else np.sort(np.argsort(-totals[:count], kind="stable")[:BARS])
    missing = int(totals[count])
    others = len(codes) - missing - int(totals[order].sum())
    return Summary(len(codes), missing, 0, int((totals[:count] > 0).sum()),
                   names=tuple(names[i] for i in order), counts=table[order], others=others)


def _texts(column: Column, labels: Labels | None, task: Task) -> Summary:
    """Lengths of texts, or numbers of what has many of them."""
    values = column.values
    if column.spec.kind != "text" or column.spec.shape:
        return _wide(column, labels)
    lengths = np.empty(len(values), np.float32)
    seen: Counter[str] = Counter()
    for start in range(0, len(values), WORDS):
        task.tell()
        some = values[start : start + WORDS].tolist()
        lengths[start : start + len(some)] = [len(text) for text in some]
        seen.update(some)
    missing = seen.pop("", 0)
    lengths[lengths == 0] = math.nan
    whole = _numbers((column.with_values(lengths),), labels)[0]
    return replace(whole, missing=missing, distinct=len(seen))


def _wide(column: Column, labels: Labels | None) -> Summary:
    """Of rows with many numbers only so many that the numbers can be counted at once, evenly chosen."""
    rows, width = len(column), max(1, column.spec.width)
    chosen = evenly(rows, max(1, BLOCK // width))
    values = column.values[chosen].reshape(-1)
    if values.dtype.kind not in "fiu":
        return Summary(rows, 0, 0, 0)
    codes = None if labels is None else np.repeat(labels.codes[chosen], width)
    found = measure(values[None].astype(np.float32), codes, 0 if labels is None else len(labels.names))
    return replace(_summary(found, 0), rows=rows)


def _by_class(place: np.ndarray, places: int, labels: Labels | None) -> np.ndarray:
    if labels is None:
        return np.bincount(place, minlength=places)[:, None]
    classes = len(labels.names) + 1
    joint = place.astype(np.intp) * classes + labels.codes
    return np.bincount(joint, minlength=places * classes).reshape(places, classes)
