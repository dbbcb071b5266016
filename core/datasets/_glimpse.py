"""A little of a data set, enough for a small picture of it."""
from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.datasets._base import Dataset
from core.datasets._outline import is_table
from core.datasets._roles import codes, role_of, single_columns
from core.params import EMPTY
from core.preprocessing import Column, Columns

POINTS, PICTURES, LINES = 150, 12, 4
# More rows are not read for a small picture.
FEW, MANY = 256, 20_000
# Nor more numbers.
LARGE = 1 << 21


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A small picture: rows of bytes from 0 to 255, with one (grey) or three (colour) of them for each pixel."""

    width: int
    height: int
    channels: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a small picture shows: points, pictures or lines of text; none of them for other tables.

    A point is (x, y, value) with x and y from 0 to 1, y upwards; value is the number of its class, or without
    `classes` the target from -1 to 1. `counts` says how many samples each class has, if they were counted. `drawn` says
    that another seed gives other points.
    """

    points: tuple[tuple[float, float, float], ...] = ()
    pictures: tuple[Bitmap, ...] = ()
    lines: tuple[str, ...] = ()
    classes: int = 0
    counts: tuple[int, ...] = ()
    drawn: bool = False


def glimpse(dataset: Dataset, seed: int = 0, roles: Mapping[str, str] = EMPTY) -> Glimpse:
    """Look at some samples of `dataset`. Slow for large ones: not for a thread that draws. Raises DataError."""
    small = _smaller(dataset)
    if small.count() > MANY:
        return Glimpse()
    columns = small.table(seed)
    apart = single_columns(columns) if roles or not is_table(small) else columns
    inputs = tuple(column for column in apart if role_of(column.spec, roles) == "input")
    targets = tuple(column for column in apart if role_of(column.spec, roles) == "target")
    values, classes = _values(targets)
    counts = np.bincount(values[values >= 0].astype(int), minlength=classes) if classes and small is dataset else ()
    found = tuple(map(int, counts))
    if pictures := _pictures(small, columns):
        return Glimpse(pictures=pictures, classes=classes, counts=found)
    if lines := _lines(inputs):
        return Glimpse(lines=lines, classes=classes, counts=found)
    return Glimpse(_points(inputs, values, classes), classes=classes, counts=found, drawn=_drawn(small, columns, seed))


def _drawn(dataset: Dataset, columns: Columns, seed: int) -> bool:
    """True if the samples depend on the seed."""
    if is_table(dataset):
        return False
    others = dataset.table(seed + 1)
    # The order in which the same rows come is no reason to ask for other ones.
    return any(not np.array_equal(np.sort(one.values, axis=0), np.sort(other.values, axis=0))
               for one, other in zip(columns, others, strict=True))


def _smaller(dataset: Dataset) -> Dataset:
    """The same data set with fewer samples, if it lets one choose how many."""
    if "samples" not in dataset.params or (dataset.count() <= MANY and _numbers_in(dataset) <= LARGE):
        return dataset
    return type(dataset)(**{**dataset.config(), "samples": FEW})


def _numbers_in(dataset: Dataset) -> int:
    return dataset.count() * sum(math.prod(column.shape) for column in dataset.columns())


def _values(targets: Columns) -> tuple[np.ndarray, int]:
    """The class of each sample and how many there are, or a number from -1 to 1 of each and 0."""
    if not targets:
        return np.zeros(0), 0
    first = targets[0]
    if first.spec.categories and len(targets) == 1:
        return codes(first), len(first.spec.categories)
    return (2 * _spread(np.asarray(first.values, np.float64)) - 1 if first.spec.kind == "number" else np.zeros(0)), 0


def _pictures(dataset: Dataset, columns: Columns) -> tuple[Bitmap, ...]:
    for column in columns:
        shape = column.spec.shape
        if len(shape) == 1 and not is_table(dataset) and (side := dataset.spec().picture):
            shape = (*side, 1)
        if len(shape) == 3 and shape[2] in (1, 3) and min(shape) > 0:
            some = column.values[:PICTURES].reshape(-1, *shape)
            return tuple(_bitmap(one) for one in some)
    return ()


def _bitmap(pixels: np.ndarray) -> Bitmap:
    # Small pictures need no more than this many pixels.
    step = max(1, max(pixels.shape[:2]) // 64)
    bright = 255 * _spread(np.asarray(pixels[::step, ::step], np.float64))
    height, width, channels = bright.shape
    return Bitmap(width, height, channels, bright.astype(np.uint8).tobytes())


def _lines(inputs: Columns) -> tuple[str, ...]:
    texts = next((column for column in inputs if column.spec.kind == "text"), None)
    return () if texts is None else tuple(str(line)[:80] for line in texts.values[:LINES])


def _points(inputs: Columns, values: np.ndarray, classes: int) -> tuple[tuple[float, float, float], ...]:
    """Samples in the plane of the first two inputs, or of the only input and the target."""
    plain = [column for column in inputs if column.spec.kind == "number" and not column.spec.shape]
    if not plain or len(plain) < len(inputs) or not len(values):
        return ()
    shown = np.linspace(0, len(values) - 1, min(POINTS, len(values))).astype(np.intp)
    x = _spread(_numbers(plain[0]))[shown]
    y = _spread(_numbers(plain[1]) if len(plain) > 1 else np.asarray(values, np.float64))[shown]
    return tuple(zip(x.tolist(), y.tolist(), values[shown].astype(float).tolist(), strict=True))


def _numbers(column: Column) -> np.ndarray:
    return np.asarray(column.values, np.float64)


def _spread(values: np.ndarray) -> np.ndarray:
    """Numbers brought to the range from 0 to 1; what is none lies in the middle."""
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    if high <= low:
        return np.full(values.shape, 0.5)
    return np.nan_to_num((values - low) / (high - low), nan=0.5, posinf=1.0, neginf=0.0)
