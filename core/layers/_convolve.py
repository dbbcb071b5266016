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
from core.layers._im2col import SMALL_PRODUCT, Columns, Line, Scratch, backwards, columns, forwards, nothing
from core.layers._scatter import scatter
from core.layers._windows import Axis

# Up to so many channels of an output two windows are taken together, if a kernel is at least so wide: it costs
# (width + 1) / width of the multiplications.
FEW_CHANNELS = 16
WIDE_KERNEL = 3
# Smaller pieces of a product are not worth their call.
FEWEST_ROWS = 128


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows over one array, `together` neighbours in a row, for products with `outputs` channels each."""

    columns: Columns
    together: int
    groups: int
    scratch: Scratch


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
    forward = product(seen, _apart(W, groups), frame.y, frame.weights.get("b"))
    if not frame.gradient:
        return forward, nothing
    passes = [bias_backward(frame)]
    if dW is not None:
        passes.append(weights_back(seen, dy, _apart(dW, groups), still_there=len(seen.columns.parts) == 1))
    if dx is not None:
        passes.append(_back(dy, _apart(W, groups).swapaxes(-1, -2), dx, (rows, cols), frame.scratch, groups))
    return forward, in_turn(passes)


def lay_down(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
    """Forward and backward of a transposed convolution; the axes are those that lead back from y to x.

    x (n, h, w, c), W (kh, kw, c, f), b (f,), y (n, rows, columns, f).
    """
    W, scratch = frame.weights["W"], frame.scratch
    forward = _back(frame.x, W, frame.y, (rows, cols), scratch, bias=frame.weights.get("b"))
    if not frame.gradient:
        return forward, nothing
    arriving = windows(frame.dy, forwards(rows), forwards(cols), W.shape[2], scratch)
    passes = [bias_backward(frame)]
    if "W" in frame.grads:
        passes.append(weights_back(arriving, frame.x, frame.grads["W"].swapaxes(2, 3)))
    if frame.dx is not None:
        passes.append(product(arriving, W.swapaxes(2, 3), frame.dx))
    return forward, in_turn(passes)


def _back(source: Array, weights: Array, out: Array, axes: tuple[Axis, Axis], scratch: Scratch, groups: int = 1,
          bias: Array | None = None) -> Pass:
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


def product(seen: Windows, weights: Array, out: Array, bias: Array | None = None) -> Pass:
    """Fills `out` with all windows times `weights` (kh, kw, inputs, outputs), in any memory order, plus the bias."""
    matrix, lay = _laid(seen, weights)
    jobs = []
    for part in seen.columns.parts:
        target = out[part.samples]
        pieces = _pieces(part.matrix, _rows(target, seen), matrix)
        jobs.append((part.gather, pieces, target.reshape(-1, out.shape[2] * out.shape[3])))
    times, clear, line = _times(seen), seen.columns.clear, seen.scratch(out.shape[2:])
    row = line.reshape(-1)

    def run() -> None:
        lay()
        if bias is not None:
            np.copyto(line, bias)
        clear()
        for gather, pieces, lines in jobs:
            gather()
            for found, target in pieces:
                times(found, matrix, target)
            if bias is not None:
                np.add(lines, row, lines)

    return run


def weights_back(seen: Windows, dy: Array, dW: Array, still_there: bool = False) -> Pass:
    """Fills dW (kh, kw, inputs, outputs), in any memory order, with the windows' share in the gradient `dy`.

    With `still_there` the windows are those that were gathered last.
    """
    total, fold = _folded(seen, dW)
    more = seen.scratch(total.shape)
    jobs = []
    for part in seen.columns.parts:
        pieces = _pieces(part.matrix, _rows(dy[part.samples], seen), total)
        jobs.append((nothing if still_there else part.gather, [(m.swapaxes(-1, -2), slope) for m, slope in pieces]))
    times, clear = _times(seen), nothing if still_there else seen.columns.clear

    def backward() -> None:
        clear()
        out = total
        for gather, pieces in jobs:
            gather()
            for found, slope in pieces:
                times(found, slope, out)
                if out is more:
                    np.add(total, more, total)
                out = more
        fold()

    return backward


def _times(seen: Windows) -> Callable[[Array, Array, Array], Array]:
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


def bias_backward(frame: Frame) -> Pass:
    """Fills the gradient of the bias: the sums of dy."""
    db = frame.grads.get("b")
    if db is None:
        return nothing
    dy = frame.dy.reshape(-1, frame.dy.shape[-1])
    ones = np.ones(len(dy), dy.dtype)

    def backward() -> None:
        ones.dot(dy, db)

    return backward


def in_turn(passes: list[Pass]) -> Pass:
    """All of them, one behind the other."""
    def run() -> None:
        for one in passes:
            one()

    return run
