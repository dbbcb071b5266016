"""Memory that passes reuse: plans for different batch sizes share the same arrays."""
from __future__ import annotations

import math
from typing import Any

import numpy as np

from core.layers import Array, Shape

LINE = 64


class Workspace:
    """Hands out arrays in a fixed order from slots that stay.

    The k-th array asked for by one plan lies in the same slot as the k-th of another, so that a smaller batch
    uses the front part of the memory of a larger one. Plans of one workspace therefore never run at once.
    """

    def __init__(self) -> None:
        self._slots: list[Array] = []

    def allocator(self) -> Allocator:
        """A fresh count from slot 0, for one plan."""
        return Allocator(self._slots)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(slot.nbytes for slot in self._slots)


class Allocator:
    """The arrays of one plan. What was given back serves later arrays that are taken with `reuse`."""

    def __init__(self, slots: list[Array]):
        self._slots = slots
        self._next = 0
        self._free: dict[int, list[int]] = {}
        self._homes: dict[int, int] = {}

    def take(self, shape: Shape, dtype: np.dtype[Any], *, reuse: bool = False) -> Array:
        """An array whose content is arbitrary. With `reuse` it may be memory that was given back."""
        size = math.prod(shape) * dtype.itemsize
        waiting = self._free.get(size) if reuse else None
        home = waiting.pop() if waiting else self._claim(size)
        array = self._slots[home][:size].view(dtype).reshape(shape)
        self._homes[id(array)] = home
        return array

    def view(self, array: Array, shape: Shape) -> Array:
        """`array` in another shape of as many numbers. From here on the view stands for it: give that back."""
        seen = array.reshape(shape)
        self._homes[id(seen)] = self._homes.pop(id(array))
        return seen

    def give_back(self, array: Array) -> None:
        """Say that nothing reads `array` any more at this point of the pass."""
        self._free.setdefault(array.nbytes, []).append(self._homes.pop(id(array)))

    def _claim(self, size: int) -> int:
        home, self._next = self._next, self._next + 1
        if home == len(self._slots):
            self._slots.append(zeros(size, np.uint8))
        elif len(self._slots[home]) < size:
            self._slots[home] = zeros(size, np.uint8)
        return home


def zeros(count: int, dtype: Any) -> Array:
    """A vector that begins with a line of the cache: NumPy's own begin anywhere, and one pass in two takes longer."""
    size = count * np.dtype(dtype).itemsize
    raw = np.zeros(size + LINE, np.uint8)
    start = -raw.ctypes.data % LINE
    return raw[start : start + size].view(dtype)
