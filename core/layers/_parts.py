"""Work in groups that fit the processor's cache: what is computed for one group is used before the next one begins."""
from __future__ import annotations

from typing import Any

import numpy as np

from core.layers._base import Array, Frame

CACHE = 1 << 19


class Parts:
    """`count` samples, or rows, in groups of about the same size.

    The largest array of a group takes at most CACHE bytes, if one of the `count` has at most that many; `numbers` is
    how many numbers one of them has in it.
    """

    def __init__(self, frame: Frame, count: int, numbers: int):
        self.frame, self.count = frame, count
        fit = max(1, CACHE // (numbers * frame.y.itemsize))
        groups = -(-count // fit)
        self.size = -(-count // groups)
        self.slices = [slice(i, min(i + self.size, count)) for i in range(0, count, self.size)]

    def of(self, whole: Array) -> list[Array]:
        """The groups of an array over all."""
        return [whole[part] for part in self.slices]

    def wanted(self, whole: Array | None) -> list[Array | None]:
        """The rows of the groups of a gradient, or None for each where nobody wants it."""
        if whole is None:
            return [None] * len(self.slices)
        return [rows(part) for part in self.of(whole.reshape(self.count, -1, whole.shape[-1]))]

    def passing(self, *shape: int, dtype: Any = None) -> list[Array]:
        """An array for each group, (size of the group, *shape), in memory that all of them share."""
        shared = self.frame.scratch((self.size, *shape), dtype)
        return [shared[: part.stop - part.start] for part in self.slices]

    def kept(self, *shape: int) -> list[Array]:
        """The same in memory of their own, where a backward pass will come to read it."""
        return self.of(self.frame.scratch((self.count, *shape))) if self.frame.gradient else self.passing(*shape)


class Affine:
    """y = x @ W + b for one group of rows after the other, with gradients that are added up over the groups.

    `weight` and `bias` are names in the frame; without such a bias there is none.
    """

    def __init__(self, frame: Frame, weight: str, bias: str):
        self.W, self.b = frame.weights[weight], frame.weights.get(bias)
        self.dW, self.db = frame.grads.get(weight), frame.grads.get(bias)
        self._share = None if self.dW is None else frame.scratch(self.dW.shape)
        self._ones: dict[int, Array] = {}

    def forward(self, x: Array, y: Array) -> None:
        """Fill y (rows, units) for x (rows, features)."""
        x.dot(self.W, y)
        if self.b is not None:
            np.add(y, self.b, y)

    def backward(self, x: Array, dy: Array, dx: Array | None, first: bool) -> None:
        """Add the gradients of W and b, or write them for the `first` group, and fill dx."""
        if self.dW is not None and self._share is not None:
            x.T.dot(dy, self.dW if first else self._share)
            if not first:
                np.add(self.dW, self._share, self.dW)
        if self.db is not None:
            ones = self._ones_for(dy)
            if first:
                ones.dot(dy, self.db)
            else:
                np.add(self.db, ones.dot(dy), self.db)
        if dx is not None:
            dy.dot(self.W.T, dx)

    def _ones_for(self, dy: Array) -> Array:
        if len(dy) not in self._ones:
            self._ones[len(dy)] = np.ones(len(dy), dy.dtype)
        return self._ones[len(dy)]


def rows(a: Array) -> Array:
    """a (..., features) as (rows, features)."""
    return a.reshape(-1, a.shape[-1])


def split(a: Array, heads: int) -> Array:
    """The columns of a (m, time, heads * k) by heads: a view (m, heads, time, k)."""
    return a.reshape(*a.shape[:2], heads, -1).transpose(0, 2, 1, 3)
