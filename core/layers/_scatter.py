"""The transposed convolution with strides, place by place of a kernel: an image of products, added where it belongs.

Against windows with zeros between their numbers it multiplies no zeros. Places of a kernel that are a stride apart
meet the same places of the output: what lies on these is added up in an image of its own, line by line, and put in
its place at the end. With a stride of 1, windows are quicker.

Source: Dumoulin & Visin 2016, arXiv:1603.07285; Shi et al. 2016, arXiv:1609.05158 (the images between the strides).
"""
from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from core.layers._base import Array, Pass
from core.layers._im2col import SMALL_PRODUCT, Scratch
from core.layers._slices import Work
from core.layers._windows import Axis

SLICE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Phase:
    """Every stride-th place of the output: `whole` is added up, and goes there.

    `image` is `whole`, and `target` the places in the output, both with all channels as one item. Each job is
    a matrix, which of the products with it are added, and to which part of `whole`.
    """

    whole: Array
    image: Array
    target: Array
    jobs: list[tuple[Array, Array, Array]] = field(default_factory=list)


def scatter(source: Array, weights: Array, out: Array, axes: tuple[Axis, Axis], scratch: Scratch,
            bias: Array | None = None) -> Work:
    """Fills `out` with the products of all places of `source` and a kernel, laid down `stride` apart, plus the bias.

    source (n, rows, columns, f), weights (kh, kw, f, c) in any memory order, out (n, h, w, c). The axes are those of
    the convolution that leads from out to source.
    """
    own, line = scratch(weights.shape), scratch(out.shape[2:])
    per = _samples(source, out)
    products, memory = scratch((per, *source.shape[1:3], out.shape[3])), scratch((per * math.prod(out.shape[1:]),))

    def begin() -> None:
        np.copyto(own, weights)
        np.copyto(line, 0.0 if bias is None else bias)

    slices = []
    for start in range(0, len(out), per):
        part = slice(start, min(start + per, len(out)))
        made = products[: part.stop - start]
        phases = list(_phases(out[part], made, own, memory, axes))
        rows = source[part].reshape(-1, source.shape[3])
        slices.append((start, _slice(rows, made.reshape(-1, out.shape[3]), phases, line)))
    return Work(slices, begin)


def _slice(rows: Array, products: Array, phases: list[Phase], line: Array) -> Pass:
    def run() -> None:
        for phase in phases:
            np.copyto(phase.whole, line[: phase.whole.shape[2]])
            for matrix, seen, place in phase.jobs:
                rows.dot(matrix, products)
                np.add(place, seen, place)
            np.copyto(phase.target, phase.image)

    return run


def _samples(source: Array, out: Array) -> int:
    """How many samples go into a slice."""
    places: int = math.prod(source.shape[1:3])
    f, c = source.shape[3], out.shape[3]
    most = min(len(out), SMALL_PRODUCT // (places * f * c), SLICE_BYTES // (places * c * out.itemsize))
    return int(max(1, most))


def _phases(out: Array, products: Array, own: Array, memory: Array, axes: tuple[Axis, Axis]) -> Iterator[Phase]:
    """All places of the output, and the places of the kernel that reach them."""
    c = out.shape[3]
    item = np.dtype(f"V{c * out.itemsize}")
    pixels = np.ndarray(out.shape[:3], item, out)
    for top, down in _places(axes[0]):
        for left, right in _places(axes[1]):
            target = pixels[:, top :: axes[0].stride, left :: axes[1].stride]
            whole = memory[: target.size * c].reshape(*target.shape, c)
            phase = Phase(whole, np.ndarray(target.shape, item, whole), target)
            for k, seen_rows, at_rows in down:
                for l, seen_cols, at_cols in right:
                    phase.jobs.append((own[k, l], products[:, seen_rows, seen_cols], whole[:, at_rows, at_cols]))
            yield phase


def _places(axis: Axis) -> Iterator[tuple[int, list[tuple[int, slice, slice]]]]:
    """For every start below the stride: the places of a kernel that meet it, which windows, and where in its image."""
    for start in range(min(axis.stride, axis.size)):
        found = []
        for offset in range(axis.kernel):
            seen, place = axis.reach(offset)
            if seen.stop and place.start % axis.stride == start:
                first = place.start // axis.stride
                found.append((offset, seen, slice(first, first + seen.stop - seen.start)))
        yield start, found
