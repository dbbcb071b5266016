"""The transposed convolution with strides, place by place of a kernel: an image of products, added where it belongs.

Against windows with zeros between the numbers it multiplies no zeros: a stride of 2 takes a third of the time. With
a stride of 1, where there are none, windows are quicker.

Source: Dumoulin & Visin 2016, arXiv:1603.07285.
"""
from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.layers._base import Array, Pass
from core.layers._im2col import SMALL_PRODUCT, Scratch
from core.layers._windows import Axis

SLICE_BYTES = 1 << 18


def scatter(source: Array, weights: Array, out: Array, axes: tuple[Axis, Axis], scratch: Scratch,
            bias: Array | None = None) -> Pass:
    """Fills `out` with the products of all places of `source` and a kernel, laid down `stride` apart, plus the bias.

    source (n, rows, columns, f), weights (kh, kw, f, c) in any memory order, out (n, h, w, c). The axes are those of
    the convolution that leads from out to source.
    """
    own, line = scratch(weights.shape), scratch(out.shape[2:])
    per = _samples(source, out)
    image = scratch((per, *source.shape[1:3], out.shape[3]))
    slices = [(out[i : i + per], list(_jobs(source[i : i + per], own, image, out[i : i + per], axes)))
              for i in range(0, len(out), per)]

    def run() -> None:
        np.copyto(own, weights)
        np.copyto(line, 0.0 if bias is None else bias)
        for whole, jobs in slices:
            np.copyto(whole, line)
            for rows, matrix, products, seen, place in jobs:
                rows.dot(matrix, products)
                np.add(place, seen, place)

    return run


def _samples(source: Array, out: Array) -> int:
    """How many samples go into a slice."""
    places: int = math.prod(source.shape[1:3])
    f, c = source.shape[3], out.shape[3]
    most = min(len(out), SMALL_PRODUCT // (places * f * c), SLICE_BYTES // (places * c * out.itemsize))
    return int(max(1, most))


def _jobs(source: Array, own: Array, image: Array, out: Array,
          axes: tuple[Axis, Axis]) -> Iterator[tuple[Array, Array, Array, Array, Array]]:
    """For every place of the kernel: rows of the source, a matrix, their products, which of those are added, where."""
    whole = image[: len(out)]
    rows, products = source.reshape(-1, source.shape[3]), whole.reshape(-1, out.shape[3])
    for k in range(len(own)):
        for l in range(len(own[k])):
            (down, top), (right, left) = axes[0].reach(k), axes[1].reach(l)
            seen = whole[:, down, right]
            if seen.size:
                yield rows, own[k, l], products, seen, out[:, top, left]
