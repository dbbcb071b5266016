"""Pooling where no two windows share a place: each place of all windows is laid out as one array, as few moves.

All channels of a place move as one item, and what is computed runs over whole arrays: several times as fast as
short rows of channels. Places of a window that padding has added do not count.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.layers._base import Array, Frame, Pass
from core.layers._slices import in_turn, nothing
from core.layers._windows import Axis

SLICE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """One place of all windows over some samples: `seen` lies in an array of windows, `own` in the image.

    Both hold all channels as one item. `partly` says that the place of some windows lies outside of the image.
    """

    seen: Array
    own: Array
    partly: bool


def max_apart(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """The largest number of every window. Of equal ones the first, line by line, takes the gradient."""
    slices = _slices(frame)
    share = frame.scratch((slices[0].stop, *frame.y.shape[1:]))
    chosen = frame.scratch(frame.y.shape, np.uint8 if rows.kernel * cols.kernel <= 256 else np.uint16)
    hit = frame.scratch(share.shape, np.bool_) if frame.gradient else share
    step = frame.scratch(share.shape, chosen.dtype) if frame.gradient else share
    forward = [_largest(frame.x[s], frame.y[s], share[: _length(s)], rows, cols,
                        (chosen[s], hit[: _length(s)], step[: _length(s)]) if frame.gradient else None)
               for s in slices]
    if frame.dx is None:
        return in_turn(*forward), nothing
    backward = [_to_chosen(frame.dx[s], frame.dy[s], share[: _length(s)], chosen[s], hit[: _length(s)], rows, cols)
                for s in slices]
    return in_turn(*forward), in_turn(*backward)


def _largest(x: Array, y: Array, share: Array, rows: Axis, cols: Axis, marks: tuple[Array, ...] | None) -> Pass:
    first, *others = _places(x, y, share, rows, cols)
    lowest = np.asarray(-np.inf, y.dtype)

    def forward() -> None:
        if first.partly:
            np.copyto(y, lowest)
        np.copyto(first.seen, first.own)
        if marks is not None:
            marks[0].fill(0)
        for number, place in enumerate(others, 1):
            if place.partly:
                np.copyto(share, lowest)
            np.copyto(place.seen, place.own)
            if marks is not None:
                chosen, hit, step = marks
                np.greater(share, y, hit)
                np.multiply(hit, chosen.dtype.type(number), step)
                np.maximum(chosen, step, out=chosen)
            np.maximum(y, share, out=y)

    return forward


def _to_chosen(dx: Array, dy: Array, share: Array, chosen: Array, hit: Array, rows: Axis, cols: Axis) -> Pass:
    places, left_out = list(_places(dx, share, share, rows, cols)), _left_out(rows, cols)

    def backward() -> None:
        if left_out:
            dx.fill(0.0)
        for number, place in enumerate(places):
            np.equal(chosen, number, hit)
            np.multiply(dy, hit, share)
            np.copyto(place.own, place.seen)

    return backward


def average_apart(frame: Frame, rows: Axis, cols: Axis, part: Array) -> tuple[Pass, Pass]:
    """The sum of every window times `part`."""
    slices = _slices(frame)
    share = frame.scratch((slices[0].stop, *frame.y.shape[1:]))
    forward = [_sum(frame.x[s], frame.y[s], share[: _length(s)], rows, cols, part) for s in slices]
    if frame.dx is None:
        return in_turn(*forward), nothing
    backward = [_to_all(frame.dx[s], frame.dy[s], share[: _length(s)], rows, cols, part) for s in slices]
    return in_turn(*forward), in_turn(*backward)


def _sum(x: Array, y: Array, share: Array, rows: Axis, cols: Axis, part: Array) -> Pass:
    first, *others = _places(x, y, share, rows, cols)

    def forward() -> None:
        if first.partly:
            y.fill(0.0)
        np.copyto(first.seen, first.own)
        for place in others:
            if place.partly:
                share.fill(0.0)
            np.copyto(place.seen, place.own)
            np.add(y, share, y)
        np.multiply(y, part, y)

    return forward


def _to_all(dx: Array, dy: Array, share: Array, rows: Axis, cols: Axis, part: Array) -> Pass:
    places, left_out = list(_places(dx, share, share, rows, cols)), _left_out(rows, cols)

    def backward() -> None:
        if left_out:
            dx.fill(0.0)
        np.multiply(dy, part, share)
        for place in places:
            np.copyto(place.own, place.seen)

    return backward


def _places(image: Array, first: Array, others: Array, rows: Axis, cols: Axis) -> Iterator[Place]:
    """All places that lie in the image for some window: the windows of the first in `first`, of all others there."""
    windows, pixels = _items(first), _items(image)
    for seen_rows, own_rows in rows.reaches():
        for seen_cols, own_cols in cols.reaches():
            seen = windows[:, seen_rows, seen_cols]
            yield Place(seen, pixels[:, own_rows, own_cols], seen.size < windows.size)
            windows = _items(others)


def _left_out(rows: Axis, cols: Axis) -> bool:
    """True if some place of the image belongs to no window."""
    met = sum(len(range(*own.indices(rows.size))) for _, own in rows.reaches())
    across = sum(len(range(*own.indices(cols.size))) for _, own in cols.reaches())
    return met * across < rows.size * cols.size


def _items(a: Array) -> Array:
    """a (n, h, w, c) with all channels as one item: (n, h, w)."""
    return np.ndarray(a.shape[:3], np.dtype(f"V{a.shape[3] * a.itemsize}"), a)


def _slices(frame: Frame) -> list[slice]:
    """The samples in slices as even as can be, that stay in the cache."""
    n = len(frame.x)
    size = -(-n // max(1, -(-frame.x.nbytes // SLICE_BYTES)))
    return [slice(i, min(i + size, n)) for i in range(0, n, size)]


def _length(part: slice) -> int:
    return int(part.stop - part.start)
