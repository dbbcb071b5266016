"""Convolution of each channel by itself, and the separable convolution that puts a product behind it.

There is no product of matrices in it: each place of a filter is multiplied with the image that it meets, a slice of
samples at a time, whole lines of the image at once.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.layers._base import Array, Frame, Pass
from core.layers._convolve import bias_back, convolve
from core.layers._slices import in_turn, nothing, woven
from core.layers._windows import Axis

SLICE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where place `at` of a filter lies: over the image (n, h, w, ...) at `image`, for the outputs at `seen`."""

    at: int
    image: tuple[slice, ...]
    seen: tuple[slice, ...]


def depthwise(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """Forward and backward of y[..., c*m + d] = x[..., c] * W[..., c, d] + b.

    x (n, h, w, c), W (kh, kw, c, m), b (c * m,), y (n, rows, columns, c * m).
    """
    x, y, W, b = frame.x, frame.y, frame.weights["W"], frame.weights.get("b")
    met, rooms = _meetings(rows, cols), _Rooms(frame, W)
    first, plain, line = rooms.first, W.reshape(-1, 1, y.shape[3]), frame.scratch(y.shape[2:])
    slices = [(rooms.spread(x[s]), y[s], [(rooms.image(x[s])[m.image], rooms.line(m), y[s][m.seen],
                                           first[: len(y[s])][m.seen]) for m in met]) for s in rooms.slices]

    def forward() -> None:
        np.copyto(rooms.lines, plain)
        np.copyto(line, 0.0 if b is None else b)
        for spread, whole, jobs in slices:
            spread()
            np.copyto(whole, line)
            for image, weights, total, share in jobs:
                np.multiply(image, weights, share)
                np.add(total, share, total)

    if not frame.gradient:
        return forward, nothing
    passes = [woven(bias_back(frame, rooms.slices))]
    if "W" in frame.grads:
        passes.append(_weights_back(frame, rooms, met))
    if frame.dx is not None:
        passes.append(_input_back(frame, frame.dx, rooms, met))
    return forward, in_turn(*passes)


def _meetings(rows: Axis, cols: Axis) -> list[Meeting]:
    every, found = slice(None), []
    for k in range(rows.kernel):
        for l in range(cols.kernel):
            (down, top), (right, left) = rows.reach(k), cols.reach(l)
            found.append(Meeting(k * cols.kernel + l, (every, top, left), (every, down, right)))
    return found


class _Rooms:
    """Temporary arrays, a slice of samples long; `lines` are the weights of each place, for a whole line of outputs."""

    def __init__(self, frame: Frame, W: Array):
        n, _, width, wide = frame.y.shape
        self.times = W.shape[3]
        per = -(-n // max(1, -(-frame.y.nbytes // SLICE_BYTES)))
        self.slices = [slice(i, min(i + per, n)) for i in range(0, n, per)]
        self.first = frame.scratch((per, *frame.y.shape[1:]))
        self.lines = frame.scratch((W.shape[0] * W.shape[1], width, wide))
        self.wide = None if self.times == 1 else frame.scratch((per, *frame.x.shape[1:3], wide))

    def line(self, met: Meeting) -> Array:
        """The weights of one place, for the outputs that it meets."""
        return self.lines[met.at, met.seen[2]]

    def image(self, x: Array) -> Array:
        """The samples with every channel as often as it has filters."""
        return x if self.wide is None else self.wide[: len(x)]

    def spread(self, x: Array) -> Pass:
        """Fills that."""
        if self.wide is None:
            return nothing
        into, source = self.wide[: len(x)].reshape(*x.shape, self.times), x[..., None]

        def spread() -> None:
            np.copyto(into, source)

        return spread


def _weights_back(frame: Frame, rooms: _Rooms, met: list[Meeting]) -> Pass:
    x, dy, dW = frame.x, frame.dy, frame.grads["W"]
    total, found = frame.scratch(rooms.lines.shape), frame.scratch(rooms.lines.shape)
    sums = dW.reshape(len(total), -1)
    slices = [(rooms.spread(x[s]), [_sum(rooms, rooms.image(x[s]), dy[s], m, found) for m in met])
              for s in rooms.slices]

    def backward() -> None:
        total.fill(0.0)
        found.fill(0.0)
        for spread, jobs in slices:
            spread()
            for add_up in jobs:
                add_up()
            np.add(total, found, total)
        np.add.reduce(total, 1, out=sums)

    return backward


def _sum(rooms: _Rooms, image: Array, dy: Array, met: Meeting, found: Array) -> Pass:
    """Fills the line of `found` for one place with the sums of what it met times dy, over samples and rows."""
    slope = dy[met.seen]
    if slope.size == 0:
        return nothing
    numbers, line = image[met.image], found[met.at, met.seen[2]].reshape(-1)
    share = rooms.first.reshape(-1)[: slope.size].reshape(slope.shape)
    lines = share.reshape(-1, line.size)
    ones = np.ones(len(lines), dy.dtype)

    def add_up() -> None:
        np.multiply(numbers, slope, share)
        ones.dot(lines, line)

    return add_up


def _input_back(frame: Frame, dx: Array, rooms: _Rooms, met: list[Meeting]) -> Pass:
    dy, first = frame.dy, rooms.first
    plain = frame.weights["W"].reshape(-1, 1, dy.shape[3])
    slices = [(rooms.image(dx[s]), dx[s], [(dy[s][m.seen], rooms.line(m), rooms.image(dx[s])[m.image],
                                            first[: len(dy[s])][m.seen]) for m in met]) for s in rooms.slices]
    times, alone = rooms.times, rooms.wide is None

    def backward() -> None:
        np.copyto(rooms.lines, plain)
        for whole, into, jobs in slices:
            whole.fill(0.0)
            for slope, weights, total, share in jobs:
                np.multiply(slope, weights, share)
                np.add(total, share, total)
            if not alone:
                np.add.reduce(whole.reshape(*into.shape, times), -1, out=into)

    return backward


def separable(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """Forward and backward of a convolution by `depthwise`, then a product of its channels with `pointwise`, plus b."""
    between = frame.scratch((*frame.y.shape[:3], len(frame.weights["pointwise"])))
    frame.show("between", between)
    slope = frame.scratch(between.shape) if frame.gradient else frame.dy
    inner = replace(frame, y=between, dy=slope, weights=_deep(frame.weights), grads=_deep(frame.grads))
    outer = replace(frame, xs=(between,), dxs=(slope,), weights=_point(frame.weights), grads=_point(frame.grads))
    deepen, deepen_back = depthwise(inner, rows, cols)
    mix, mix_back = convolve(outer, Axis(rows.out, 1, 1), Axis(cols.out, 1, 1))
    return in_turn(deepen, mix), in_turn(mix_back, deepen_back)


def _deep(arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {"W": arrays["depthwise"]} if arrays else {}


def _point(arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {name: array[None, None] if name == "W" else array
            for name, array in (("W", arrays.get("pointwise")), ("b", arrays.get("b"))) if array is not None}
