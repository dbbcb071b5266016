"""Which inputs a filter meets at one place of its map."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.engine.plan import Unit
from core.layers import Array
from core.layers._windows import Axis


def met(unit: Unit, shape: tuple[int, ...], place: tuple[int, ...], channels: Sequence[int]) -> Array:
    """For every weight of a filter (kernel, kernel, channels), at which place of the flat input of `shape` the number
    stands that it is multiplied with at `place`; -1 where there is none, such as beyond the border."""
    settings, axes = unit.layer.config(), len(shape) - 1
    kernel, strides = (_each(settings[name], axes) for name in ("kernel_size", "stride"))
    apart = _each(settings.get("dilation", 1), axes)
    padding, turned = str(settings["padding"]), unit.layer.info.kind.endswith("_transpose")
    lines = []
    for at, size, there, places, step, distance in zip(place, shape, unit.shape, kernel, strides, apart, strict=False):
        axis = Axis(there if turned else size, places, step, distance, padding)
        lines.append(_laid(axis, at, size) if turned else _seen(axis, at))
    grid = np.meshgrid(*lines, np.asarray(channels), indexing="ij")
    flat = np.ravel_multi_index(grid, shape, mode="clip")
    return np.asarray(np.where(np.logical_and.reduce([line >= 0 for line in grid]), flat, -1))


def _seen(axis: Axis, at: int) -> Array:
    """Where the places of window `at` of a convolution lie."""
    line = at * axis.stride - axis.before + axis.dilation * np.arange(axis.kernel)
    return np.where((line >= 0) & (line < axis.size), line, -1)


def _laid(axis: Axis, at: int, size: int) -> Array:
    """Which inputs lay each place of their filter down at `at`: of those of a transposed convolution few do."""
    line, left = np.divmod(at + axis.before - np.arange(axis.kernel), axis.stride)
    return np.where((left == 0) & (line >= 0) & (line < size), line, -1)


def _each(value: int | tuple[int, ...], axes: int) -> tuple[int, ...]:
    """A number for each axis, of one for all of them or one for each."""
    numbers = value if isinstance(value, tuple) else (value,)
    return tuple(numbers[min(axis, len(numbers) - 1)] for axis in range(axes))
