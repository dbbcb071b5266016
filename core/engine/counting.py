"""How many weights a layer has, found without making them."""
from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.layers import Array, Layer, Shape

SMALL = 256


def count_weights(layer: Layer, *shapes: Shape) -> int:
    """The number of weights of a layer for inputs of these shapes, found without drawing them.

    The layer is built, but what it draws at random takes no memory, nor does what is computed from it. A layer that
    does with it what is not known here is stopped there, and then what it drew until then counts.
    """
    meter = _Meter()
    try:
        return sum(array.size for array in layer.build(meter, *shapes).values())
    except _StoppedError:
        return meter.drawn


class _StoppedError(Exception):
    """Nobody knows here which shape comes out."""


class _Unmade(np.ndarray[Any, Any]):
    """An array that takes no memory: a single 0, seen at every place."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **_: Any) -> Any:
        if method != "__call__" or ufunc.signature or ufunc.nout != 1:
            raise _StoppedError
        return _unmade(np.broadcast_shapes(*map(np.shape, inputs)))

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if function not in _SHAPED:
            raise _StoppedError
        return _SHAPED[function](*args, **kwargs)

    def __setitem__(self, *_: Any) -> None:
        """Nothing is kept."""


def _unmade(shape: Shape) -> Any:
    return np.broadcast_to(np.zeros(()), shape).view(_Unmade)


def _joined(arrays: Sequence[Array], axis: int = 0) -> Any:
    shape = list(arrays[0].shape)
    shape[axis] = sum(array.shape[axis] for array in arrays)
    return _unmade(tuple(shape))


def _factors(matrix: Array) -> tuple[Any, Any]:
    rows, columns = matrix.shape
    rank = min(rows, columns)
    return _unmade((rows, rank)), _unmade((rank, columns))


def _chosen(*arrays: Any) -> Any:
    return _unmade(np.broadcast_shapes(*map(np.shape, arrays)))


# What comes out of functions, as far as its shape goes.
_SHAPED: dict[Any, Callable[..., Any]] = {
    np.concatenate: _joined,
    np.linalg.qr: _factors,
    np.diag: lambda matrix: _unmade((min(matrix.shape),)),
    np.where: _chosen,
    np.shape: lambda array: array.shape,
}


class _Meter(np.random.Generator):
    """Counts what is drawn, and draws no more than a few numbers in fact."""

    def __init__(self) -> None:
        super().__init__(np.random.PCG64(0))
        self.drawn = 0

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        return self._noted(size, lambda: super(_Meter, self).normal(loc, scale, size))

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        return self._noted(size, lambda: super(_Meter, self).uniform(low, high, size))

    def standard_normal(self, size: Any = None, *rest: Any, **more: Any) -> Any:
        return self._noted(size, lambda: super(_Meter, self).standard_normal(size, *rest, **more))

    def random(self, size: Any = None, *rest: Any, **more: Any) -> Any:
        return self._noted(size, lambda: super(_Meter, self).random(size, *rest, **more))

    def _noted(self, size: Any, draw: Callable[[], Any]) -> Any:
        shape = (int(size),) if np.ndim(size) == 0 and size is not None else tuple(size or ())
        count = math.prod(shape)
        self.drawn += count
        if count <= SMALL:
            return draw()
        if count > sys.maxsize // 8:
            raise _StoppedError
        return _unmade(shape)
