"""Convolution as a product of matrices: windows, a row each, times the weights.

The gradient of the input is again a convolution, of the gradient of the output with zeros around it: adding up
scattered windows takes longer, but for strides, where there would be zeros between the numbers as well.

Where an output has few channels, two neighbouring windows are taken together as one, times weights with a place of
zeros more: that fills the registers of the processor twice as well, and saves a third of the copying.

Source: Dumoulin & Visin 2016, arXiv:1603.07285 (the transposed convolution).
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.layers._base import Array, Frame, Pass
from core.layers._im2col import SMALL_PRODUCT, Columns, Line, Scratch, backwards, columns, forwards
from core.layers._scatter import scatter
from core.layers._slices import Work, in_turn, nothing, woven
from core.layers._windows import Axis

# Up to so many channels of an output two windows are taken together, if a kernel is at least so wide: it costs
# (width + 1) / width of the multiplications.
FEW_CHANNELS = 16
WIDE_KERNEL = 3
# Smaller pieces of a product are not worth their call.
FEWEST_ROWS = 128

Times = Callable[[Array, Array, Array], Array]


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows over one array, `together` neighbours in a row, for products with `outputs` channels each."""

    columns: Columns
    together: int
    groups: int
    scratch: Scratch

    @property
    def samples(self) -> list[slice]:
        """The slices of the batch that they come in."""
        return [part.samples for part in self.columns.parts]


def windows(source: Array, rows: Line, cols: Line, outputs: int, scratch: Scratch, groups: int = 1) -> Windows:
    """The windows over source (n, h, w, c), of which each gives `outputs` channels."""
    close = groups == cols.step == cols.dilation == 1 and cols.out % 2 == 0
    together = 2 if close and cols.kernel >= WIDE_KERNEL and outputs <= FEW_CHANNELS else 1
    return Windows(columns(source, rows, cols.joined(together), scratch, groups), together, groups, scratch)


def convolve(frame: Frame, rows: Axis, cols: Axis, groups: int = 1) -> tuple[Pass, Pass]:
    """Forward and backward of y = x * W + b: x (n, h, w, c), W (kh, kw, c, f), b (f,), y (n, rows, columns, f).

    With groups W is (kh, kw, c / groups, f), and each group of f / groups filters sees its own channels.
    """
    W, dW, dx, dy = frame.weights["W"], frame.grads.get("W"), frame.dx, frame.dy
    seen = windows(frame.x, forwards(rows), forwards(cols), W.shape[-1], frame.scratch, groups)
    forward = woven(product(seen, _apart(W, groups), frame.y, frame.weights.get("b")))
    if not frame.gradient:
        return forward, nothing
    works = [bias_back(frame, seen.samples)]
    if dW is not None:
        works.append(weights_back(seen, dy, _apart(dW, groups), gathered=len(seen.samples) == 1))
    if dx is not None:
        works.append(_back(dy, _apart(W, groups).swapaxes(-1, -2), dx, (rows, cols), frame.scratch, groups))
    return forward, woven(*works)


def lay_down(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """Forward and backward of a transposed convolution; the axes are those that lead back from y to x.

    x (n, h, w, c), W (kh, kw, c, f), b (f,), y (n, rows, columns, f).
    """
    W, scratch = frame.weights["W"], frame.scratch
    forward = woven(_back(frame.x, W, frame.y, (rows, cols), scratch, bias=frame.weights.get("b")))
    if not frame.gradient:
        return forward, nothing
    arriving, dW = windows(frame.dy, forwards(rows), forwards(cols), W.shape[2], scratch), frame.grads.get("W")
    works = [bias_back(frame, arriving.samples)]
    if dW is not None:
        works.append(weights_back(arriving, frame.x, dW.swapaxes(2, 3)))
    if frame.dx is not None:
        works.append(product(arriving, W.swapaxes(2, 3), frame.dx, gathered=dW is not None))
    return forward, woven(*works)


def _back(source: Array, weights: Array, out: Array, axes: tuple[Axis, Axis], scratch: Scratch, groups: int = 1,
          bias: Array | None = None) -> Work:
    """The convolution of `axes` turned round: fills `out` from `source` and weights ([groups,] kh, kw, f, c)."""
    rows, cols = axes
    if groups == 1 and (rows.stride > 1 or cols.stride > 1):
        return scatter(source, weights, out, axes, scratch, bias)
    arriving = windows(source, backwards(rows), backwards(cols), out.shape[-1], scratch, groups)
    return product(arriving, weights[..., ::-1, ::-1, :, :], out, bias)


def _apart(W: Array, groups: int) -> Array:
    """W (kh, kw, c, f) as it is, or with the groups in front: (groups, kh, kw, c, f / groups)."""
    if groups == 1:
        return W
    return W.reshape(*W.shape[:3], groups, -1).transpose(3, 0, 1, 2, 4)


def product(seen: Windows, weights: Array, out: Array, bias: Array | None = None, *, gathered: bool = False) -> Work:
    """Fills `out` with all windows times `weights` (kh, kw, inputs, outputs), in any memory order, plus the bias.

    With `gathered` other work on the same windows goes before, slice by slice.
    """
    matrix, lay = _laid(seen, weights)
    line, clear = seen.scratch(out.shape[2:]), nothing if gathered else seen.columns.clear
    row = None if bias is None else line.reshape(-1)

    def begin() -> None:
        lay()
        clear()
        if bias is not None:
            np.copyto(line, bias)

    slices = []
    for part in seen.columns.parts:
        target = out[part.samples]
        jobs = [(found, matrix, rows) for found, rows in _pieces(part.matrix, _rows(target, seen), matrix)]
        lines = target.reshape(-1, line.size)
        slices.append((part.samples.start, _multiply(seen, nothing if gathered else part.gather, jobs, lines, row)))
    return Work(slices, begin)


def _multiply(seen: Windows, gather: Pass, jobs: list[tuple[Array, Array, Array]], lines: Array,
              row: Array | None) -> Pass:
    times = _times(seen)

    def run() -> None:
        gather()
        for found, matrix, rows in jobs:
            times(found, matrix, rows)
        if row is not None:
            np.add(lines, row, lines)

    return run


def weights_back(seen: Windows, dy: Array, dW: Array, *, gathered: bool = False) -> Work:
    """Fills dW (kh, kw, inputs, outputs), in any memory order, with the windows' share in the gradient `dy`.

    With `gathered` the windows are those that were gathered last.
    """
    total, fold = _folded(seen, dW)
    more, slices = seen.scratch(total.shape), []
    for part in seen.columns.parts:
        pieces = _pieces(part.matrix, _rows(dy[part.samples], seen), total)
        jobs = [(found.swapaxes(-1, -2), slope) for found, slope in pieces]
        adding = _adding(_times(seen), jobs, total, more, first=part.samples.start == 0)
        slices.append((part.samples.start, adding if gathered else in_turn(part.gather, adding)))
    return Work(slices, nothing if gathered else seen.columns.clear, fold)


def _adding(times: Times, jobs: list[tuple[Array, Array]], total: Array, more: Array, first: bool) -> Pass:
    """Adds the products up in `total`; the first job of the `first` slice writes there."""
    begin, others = (jobs[:1], jobs[1:]) if first else ([], jobs)

    def run() -> None:
        for one, other in begin:
            times(one, other, total)
        for one, other in others:
            times(one, other, more)
            np.add(total, more, total)

    return run


def _times(seen: Windows) -> Times:
    return np.dot if seen.groups == 1 else np.matmul


def _rows(a: Array, seen: Windows) -> Array:
    """a (n, h, w, c) with a row for each window of `seen`, or with the groups in front."""
    if seen.groups == 1:
        return a.reshape(-1, seen.together * a.shape[-1])
    return a.reshape(-1, seen.groups, a.shape[-1] // seen.groups).transpose(1, 0, 2)


def _pieces(matrix: Array, rows: Array, weights: Array) -> list[tuple[Array, Array]]:
    """Matching rows of both, in pieces that make small products with `weights`."""
    most = SMALL_PRODUCT // weights.size
    if matrix.ndim == 3 or len(matrix) <= most or most < FEWEST_ROWS or not matrix.flags.c_contiguous:
        return [(matrix, rows)]
    count = -(-len(matrix) // most)
    size = -(-len(matrix) // count)
    return [(matrix[i : i + size], rows[i : i + size]) for i in range(0, len(matrix), size)]


def _laid(seen: Windows, weights: Array) -> tuple[Array, Pass]:
    """The weights as the matrix that the windows are multiplied with, and what brings it up to date."""
    if seen.together == 1 and weights.flags.c_contiguous:
        return _matrix(weights), nothing
    own, slots = _joined(seen, weights.shape)

    def lay() -> None:
        if len(slots) > 1:
            own.fill(0.0)
        for slot in slots:
            np.copyto(slot, weights)

    return _flat(own), lay


def _folded(seen: Windows, dW: Array) -> tuple[Array, Pass]:
    """The matrix for the gradient of what `_laid` gives, and what adds it up in dW."""
    if seen.together == 1 and dW.flags.c_contiguous:
        return _matrix(dW), nothing
    own, slots = _joined(seen, dW.shape)

    def fold() -> None:
        np.copyto(dW, slots[0])
        for slot in slots[1:]:
            np.add(dW, slot, dW)

    return _flat(own), fold


def _joined(seen: Windows, shape: tuple[int, ...]) -> tuple[Array, list[Array]]:
    """Memory (..., kh, kw, inputs, together, outputs), wider by the windows taken together; where each of them lies."""
    *front, height, width, inputs, outputs = shape
    own = seen.scratch((*front, height, width + seen.together - 1, inputs, seen.together, outputs))
    return own, [own[..., i : i + width, :, i, :] for i in range(seen.together)]


def _flat(own: Array) -> Array:
    *front, height, width, inputs, together, outputs = own.shape
    return own.reshape(*front, height * width * inputs, together * outputs)


def _matrix(weights: Array) -> Array:
    *front, height, width, inputs, outputs = weights.shape
    return weights.reshape(*front, height * width * inputs, outputs)


def bias_back(frame: Frame, samples: list[slice]) -> Work:
    """Fills the gradient of the bias: the sums of dy."""
    db = frame.grads.get("b")
    if db is None:
        return Work([])
    more, slices = frame.scratch(db.shape), []
    for part in samples:
        dy = frame.dy[part].reshape(-1, frame.dy.shape[-1])
        jobs = [(np.ones(len(dy), dy.dtype), dy)]
        slices.append((part.start, _adding(np.dot, jobs, db, more, first=part.start == 0)))
    return Work(slices)
