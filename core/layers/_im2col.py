"""Every window of an image as a row of a matrix.

The rows are copied out of a strided view, channels last, a slice of samples at a time: columns that stay in the cache
are worth more than fewer, larger products. A stretch of a window that lies in one piece is copied as one item, which
takes half the time of copying its numbers.

Source: Chellapilla, Puri & Simard 2006, High performance convolutional neural networks for document processing.
"""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core.layers._base import Array, Pass, Shape
from core.layers._slices import nothing
from core.layers._windows import Axis

SLICE_BYTES = 1 << 18
# Stretches below this size are copied number by number along the lines of the picture, but for those of 16 bytes,
# which NumPy copies in one instruction.
SHORT_BYTES = 32
ONE_MOVE = 16
# OpenBLAS multiplies up to so many numbers without laying the matrices out anew, which is half of the time of a product
# with few columns.
SMALL_PRODUCT = 1_000_000

Scratch = Callable[..., Array]


@dataclass(frozen=True, slots=True)
class Line:
    """One axis with room around and between its numbers, and the windows over it."""

    length: int
    place: slice
    step: int
    kernel: int
    dilation: int
    out: int

    @property
    def bare(self) -> bool:
        """True if the numbers lie there without any room."""
        return self.place == slice(0, self.length, 1)

    def joined(self, together: int) -> Line:
        """`together` neighbouring windows, one step apart, as one that covers them all."""
        return replace(self, step=self.step * together, kernel=self.kernel + together - 1, out=self.out // together)


def forwards(axis: Axis) -> Line:
    """The input with its padding; one window for each output."""
    place = slice(axis.before, axis.before + axis.size, 1)
    return Line(axis.size + axis.added, place, axis.stride, axis.kernel, axis.dilation, axis.out)


def backwards(axis: Axis) -> Line:
    """The gradient of the output, `stride` apart; one window for each input."""
    first = axis.span - 1 - axis.before
    place = slice(first, first + (axis.out - 1) * axis.stride + 1, axis.stride)
    return Line(axis.size + axis.span - 1, place, 1, axis.kernel, axis.dilation, axis.size)


@dataclass(frozen=True, slots=True)
class Part:
    """A slice of the samples: `gather` fills `matrix` with their windows.

    matrix is (samples * windows, kh * kw * c), or with groups (groups, samples * windows, kh * kw * c / groups).
    """

    samples: slice
    gather: Pass
    matrix: Array


@dataclass(frozen=True, slots=True)
class Columns:
    """All windows over an array, part by part. `clear` has to run before the first `gather` of a pass."""

    clear: Pass
    parts: list[Part]


def columns(source: Array, rows: Line, cols: Line, scratch: Scratch, groups: int = 1) -> Columns:
    """The windows over source (n, h, w, c). The parts share their memory: use one before gathering the next."""
    if _plain(rows) and _plain(cols) and groups == 1:
        return Columns(nothing, [Part(slice(0, len(source)), nothing, source.reshape(-1, source.shape[-1]))])
    n, c = len(source), source.shape[-1]
    size = rows.out * cols.out * rows.kernel * cols.kernel * c
    together = min(n, max(1, SLICE_BYTES // (size * source.itemsize)))
    room = None if rows.bare and cols.bare else scratch((together, rows.length, cols.length, c))
    memory = scratch((together * size,))
    parts = []
    for start in range(0, n, together):
        samples = slice(start, min(start + together, n))
        own = source[samples]
        spread = own if room is None else room[: len(own)]
        target = None if room is None else spread[:, rows.place, cols.place]
        view, into, matrix = _views(spread, memory[: len(own) * size], rows, cols, groups)
        parts.append(Part(samples, _copy(own, target, view, into), matrix))
    return Columns(_clear(room), parts)


def _plain(line: Line) -> bool:
    return line.bare and line.kernel == line.step == 1


def _views(a: Array, memory: Array, rows: Line, cols: Line, groups: int) -> tuple[Array, Array, Array]:
    """The windows over a (n, h, w, c), the memory in the same shape, and the memory as a matrix.

    A stretch is what lies in one piece: all channels of a line of a window, or those of a group.
    """
    whole = groups == cols.dilation == 1
    run, wide = (cols.kernel * a.shape[-1], 1) if whole else (a.shape[-1] // groups, cols.kernel)
    n, down, right, one = a.strides
    outer = (groups, len(a), rows.out, cols.out)
    steps = (run * one, n, down * rows.step, right * cols.step, down * rows.dilation, right * cols.dilation)
    windows, places = math.prod(outer[1:]), rows.kernel * wide * run
    nbytes = run * a.itemsize
    if nbytes >= SHORT_BYTES or nbytes == ONE_MOVE:
        item, shape = np.dtype(f"V{nbytes}"), (*outer, rows.kernel, wide)
        matrix = memory.reshape(groups, windows, places)
        return _strided(a, shape, item, steps), np.ndarray(shape, item, memory), _single(matrix)
    view = _strided(a, (*outer, rows.kernel, wide, run), a.dtype, (*steps, one))
    turned = memory.reshape(groups, rows.kernel, wide, run, *outer[1:]).transpose(0, 4, 5, 6, 1, 2, 3)
    return view, turned, _single(memory.reshape(groups, places, windows).transpose(0, 2, 1))


def _strided(a: Array, shape: Shape, dtype: np.dtype[np.generic], strides: Shape) -> Array:
    return np.ndarray(shape, dtype, a, strides=strides)


def _single(matrix: Array) -> Array:
    return matrix[0] if len(matrix) == 1 else matrix


def _copy(own: Array, target: Array | None, view: Array, into: Array) -> Pass:
    def gather() -> None:
        if target is not None:
            np.copyto(target, own)
        np.copyto(into, view)

    return gather


def _clear(room: Array | None) -> Pass:
    if room is None:
        return nothing

    def clear() -> None:
        room.fill(0.0)

    return clear
