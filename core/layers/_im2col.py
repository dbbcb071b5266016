"""Convolution as a product of matrices: every window becomes a row.

The rows are copied out of a strided view, channels last, a slice of samples at a time: columns that stay in the cache
are worth more than fewer, larger products. The gradient of the input is again a convolution, of the gradient of
the output with zeros around it and, for strides, between: adding up scattered windows takes several times as long.

Source: Chellapilla, Puri & Simard 2006, High performance convolutional neural networks for document processing;
Dumoulin & Visin 2016, arXiv:1603.07285 (the transposed convolution).
"""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from core.layers._base import Array, Frame, Pass
from core.layers._windows import Axis

SLICE_BYTES = 1 << 19
# Below this many numbers in a row of a window, copying whole lines of the picture is quicker.
SHORT_ROW = 16

Scratch = Callable[..., Array]


@dataclass(frozen=True, slots=True)
class Line:
    """One axis with room around and between its numbers, and the windows over it."""

    length: int
    place: slice
    step: int
    axis: Axis
    out: int

    @property
    def bare(self) -> bool:
        """True if the numbers lie there without any room."""
        return self.place == slice(0, self.length, 1)


def forwards(axis: Axis) -> Line:
    """The input with its padding; one window for each output."""
    place = slice(axis.before, axis.before + axis.size, 1)
    return Line(axis.size + axis.added, place, axis.stride, axis, axis.out)


def backwards(axis: Axis) -> Line:
    """The gradient of the output, `stride` apart; one window for each input."""
    first = axis.span - 1 - axis.before
    place = slice(first, first + (axis.out - 1) * axis.stride + 1, axis.stride)
    return Line(axis.size + axis.span - 1, place, 1, axis, axis.size)


@dataclass(frozen=True, slots=True)
class Part:
    """A slice of the samples: `gather` fills `matrix` (samples * windows, kh * kw * c) with their windows."""

    samples: slice
    gather: Pass
    matrix: Array


@dataclass(frozen=True, slots=True)
class Columns:
    """All windows over an array, part by part. `clear` has to run before the first `gather` of a pass."""

    clear: Pass
    parts: list[Part]


def columns(source: Array, rows: Line, cols: Line, scratch: Scratch) -> Columns:
    """The windows over source (n, h, w, c). The parts share their memory: use one before gathering the next."""
    n, c = len(source), source.shape[-1]
    height, width = rows.axis.kernel, cols.axis.kernel
    size = rows.out * cols.out * height * width * c
    together = min(n, max(1, SLICE_BYTES // (size * source.itemsize)))
    room = None if rows.bare and cols.bare else scratch((together, rows.length, cols.length, c))
    memory = scratch((together * size,))
    parts = []
    for start in range(0, n, together):
        samples = slice(start, min(start + together, n))
        own = source[samples]
        spread = own if room is None else room[: len(own)]
        target = None if room is None else spread[:, rows.place, cols.place]
        view = _view(spread, rows, cols)
        into, matrix = _target(memory[: len(own) * size], view)
        parts.append(Part(samples, _copy(own, target, view, into), matrix))
    return Columns(_clear(room), parts)


def _view(a: Array, rows: Line, cols: Line) -> Array:
    """The windows over a (n, h, w, c) without a copy: (n, rows, columns, kh, kw, c)."""
    n, down, right, one = a.strides
    shape = (len(a), rows.out, cols.out, rows.axis.kernel, cols.axis.kernel, a.shape[-1])
    strides = (n, down * rows.step, right * cols.step, down * rows.axis.dilation, right * cols.axis.dilation, one)
    return as_strided(a, shape, strides, writeable=False)


def _target(memory: Array, view: Array) -> tuple[Array, Array]:
    """The memory in the shape of the view, and as a matrix with a window in each row."""
    windows = math.prod(view.shape[:3])
    if view.shape[4] * view.shape[5] >= SHORT_ROW:
        return memory.reshape(view.shape), memory.reshape(windows, -1)
    turned = memory.reshape(view.shape[3:] + view.shape[:3]).transpose(3, 4, 5, 0, 1, 2)
    return turned, memory.reshape(-1, windows).T


def _copy(own: Array, target: Array | None, view: Array, into: Array) -> Pass:
    def gather() -> None:
        if target is not None:
            np.copyto(target, own)
        np.copyto(into, view)

    return gather


def _clear(room: Array | None) -> Pass:
    def clear() -> None:
        if room is not None:
            room.fill(0.0)

    return clear


def convolve(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """Forward and backward of y = x * W + b: x (n, h, w, c), W (kh, kw, c, f), b (f,), y (n, rows, columns, f)."""
    x, y, W = frame.x, frame.y, frame.weights["W"]
    windows = columns(x, forwards(rows), forwards(cols), frame.scratch)
    matrix = W.reshape(-1, W.shape[-1])
    jobs = [(part.gather, part.matrix, as_rows(y[part.samples])) for part in windows.parts]
    shift = bias_forward(frame, y)

    def forward() -> None:
        windows.clear()
        for gather, found, out in jobs:
            gather()
            found.dot(matrix, out)
        shift()

    if not frame.gradient:
        return forward, nothing
    passes = (_weights_back(frame, windows), bias_backward(frame), _input_back(frame, rows, cols))

    def backward() -> None:
        for run in passes:
            run()

    return forward, backward


def bias_forward(frame: Frame, y: Array) -> Pass:
    """Adds the bias, a line of the picture at a time: a row of few filters alone is too short."""
    b = frame.weights.get("b")
    if b is None:
        return nothing
    repeated = frame.scratch(y.shape[2:])
    lines, line = y.reshape(-1, repeated.size), repeated.reshape(-1)

    def shift() -> None:
        np.copyto(repeated, b)
        np.add(lines, line, lines)

    return shift


def _weights_back(frame: Frame, windows: Columns) -> Pass:
    dW = frame.grads.get("W")
    if dW is None:
        return nothing
    total = dW.reshape(-1, dW.shape[-1])
    more = frame.scratch(total.shape)
    jobs = [(part.gather, part.matrix.T, as_rows(frame.dy[part.samples])) for part in windows.parts]
    kept = len(jobs) == 1

    def backward() -> None:
        out = total
        for gather, found, dy in jobs:
            if not kept:
                gather()
            found.dot(dy, out)
            if out is more:
                np.add(total, more, total)
            out = more

    return backward


def bias_backward(frame: Frame) -> Pass:
    db = frame.grads.get("b")
    if db is None:
        return nothing
    dy = as_rows(frame.dy)
    ones = np.ones(len(dy), dy.dtype)

    def backward() -> None:
        ones.dot(dy, db)

    return backward


def _input_back(frame: Frame, rows: Axis, cols: Axis) -> Pass:
    dx, W = frame.dx, frame.weights["W"]
    if dx is None:
        return nothing
    windows = columns(frame.dy, backwards(rows), backwards(cols), frame.scratch)
    flipped = W[::-1, ::-1].transpose(0, 1, 3, 2)
    turned = frame.scratch(flipped.shape)
    matrix = turned.reshape(-1, turned.shape[-1])
    jobs = [(part.gather, part.matrix, as_rows(dx[part.samples])) for part in windows.parts]

    def backward() -> None:
        np.copyto(turned, flipped)
        windows.clear()
        for gather, found, out in jobs:
            gather()
            found.dot(matrix, out)

    return backward


def as_rows(a: Array) -> Array:
    return a.reshape(-1, a.shape[-1])


def nothing() -> None:
    """Stands where nothing is wanted."""
