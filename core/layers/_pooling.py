"""Pooling. Where windows overlap, first along the rows of a picture, then down its columns: fewer steps than windows.

Places of a window that padding has added do not count: the largest and the mean are of what lies inside.
"""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.layers._base import Array, Frame, Pass
from core.layers._pooling_apart import average_apart, max_apart
from core.layers._slices import nothing
from core.layers._windows import Axis

Scratch = Callable[..., Array]
Stage = Callable[[Array, Array, Array | None, Array, Axis, int, Scratch], tuple[Pass, Pass]]
Met = list[tuple[Array, Array]]


def max_pool(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """The largest number of every window. Of equal ones the first, line by line, takes the gradient."""
    if _apart(rows, cols):
        return max_apart(frame, rows, cols)
    return _two_stages(_largest, frame, rows, cols, frame.dy)


def average_pool(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """The mean of every window."""
    y, share = frame.y, _shares(frame, rows, cols)
    if _apart(rows, cols):
        return average_apart(frame, rows, cols, share)
    d = frame.scratch(y.shape) if frame.gradient else frame.dy
    add, spread = _two_stages(_sums, frame, rows, cols, d)

    def forward() -> None:
        add()
        np.multiply(y, share, y)

    def backward() -> None:
        np.multiply(frame.dy, share, d)
        spread()

    return forward, backward


def largest_of_all(frame: Frame) -> tuple[Pass, Pass]:
    """The largest number over all positions: x (n, ..., c) -> y (n, c). Of equal ones the first takes the gradient."""
    y, dy = frame.y, frame.dy
    x = frame.x.reshape(len(y), -1, y.shape[1])
    dx = None if frame.dx is None else frame.dx.reshape(x.shape)
    first, hit = frame.scratch(y.shape, np.intp), frame.scratch(x.shape, np.bool_)
    places = np.arange(x.shape[1])[:, None]

    def forward() -> None:
        np.maximum.reduce(x, 1, out=y)

    def backward() -> None:
        if dx is not None:
            np.argmax(x, 1, out=first)
            np.equal(places, first[:, None], hit)
            np.multiply(hit, dy[:, None], dx)

    return forward, backward


def _apart(rows: Axis, cols: Axis) -> bool:
    return rows.stride >= rows.kernel and cols.stride >= cols.kernel


def _two_stages(stage: Stage, frame: Frame, rows: Axis, cols: Axis, dy: Array) -> tuple[Pass, Pass]:
    x, y, dx = frame.x, frame.y, frame.dx if frame.gradient else None
    if rows.kernel == rows.stride == 1:
        return stage(x, y, dx, dy, cols, 2, frame.scratch)
    between = frame.scratch((len(x), x.shape[1], cols.out, x.shape[3]))
    d_between = None if dx is None else frame.scratch(between.shape)
    across, back_across = stage(x, between, dx, dy if d_between is None else d_between, cols, 2, frame.scratch)
    down, back_down = stage(between, y, d_between, dy, rows, 1, frame.scratch)

    def forward() -> None:
        across()
        down()

    def backward() -> None:
        back_down()
        back_across()

    return forward, backward


def _largest(x: Array, y: Array, dx: Array | None, dy: Array, axis: Axis, along: int,
             scratch: Scratch) -> tuple[Pass, Pass]:
    met = _met(x, y, axis, along)

    def forward() -> None:
        y.fill(-np.inf)
        for found, place in met:
            np.maximum(found, place, out=found)

    if dx is None:
        return forward, nothing
    return forward, _to_the_first(met, dx, dy, axis, along, scratch)


def _to_the_first(met: Met, dx: Array, dy: Array, axis: Axis, along: int, scratch: Scratch) -> Pass:
    waiting, hit, share = scratch(dy.shape, np.bool_), scratch(dy.shape, np.bool_), scratch(dy.shape)
    parts = [tuple(_cut(a, along, seen) for a in (waiting, hit, share)) for seen, _ in axis.reaches()]
    slopes = _met(dx, dy, axis, along)
    jobs = [(*one, *part, *two) for one, part, two in zip(met, parts, slopes, strict=True)]

    def backward() -> None:
        waiting.fill(True)
        dx.fill(0.0)
        for found, place, free, here, some, arriving, slope in jobs:
            np.equal(found, place, here)
            np.logical_and(here, free, here)
            np.logical_xor(free, here, free)
            np.multiply(arriving, here, some)
            np.add(slope, some, slope)

    return backward


def _sums(x: Array, y: Array, dx: Array | None, dy: Array, axis: Axis, along: int,
          scratch: Scratch) -> tuple[Pass, Pass]:
    met = _met(x, y, axis, along)

    def forward() -> None:
        y.fill(0.0)
        for total, place in met:
            np.add(total, place, total)

    if dx is None:
        return forward, nothing
    slopes = _met(dx, dy, axis, along)

    def backward() -> None:
        dx.fill(0.0)
        for arriving, slope in slopes:
            np.add(slope, arriving, slope)

    return forward, backward


def _shares(frame: Frame, rows: Axis, cols: Axis) -> Array:
    """1 / the number of places inside each window: one number, or an image where windows differ."""
    if not (rows.added or cols.added):
        return frame.number(1.0 / (rows.kernel * cols.kernel))
    counts = np.outer(_counts(rows), _counts(cols))
    return np.repeat(1.0 / counts[..., None], frame.y.shape[-1], axis=2).astype(frame.y.dtype)


def _counts(axis: Axis) -> Array:
    inside = np.zeros(axis.out)
    for seen, _ in axis.reaches():
        inside[seen] += 1.0
    return inside


def _met(x: Array, y: Array, axis: Axis, along: int) -> Met:
    return [(_cut(y, along, seen), _cut(x, along, place)) for seen, place in axis.reaches()]


def _cut(a: Array, along: int, part: slice) -> Array:
    return a[:, part] if along == 1 else a[:, :, part]
