"""All weights in one flat vector, by node and name as views into it."""
from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from core.engine.workspace import zeros
from core.errors import ParamError, Problem
from core.layers import Array, Shape


class Parameters:
    """A flat vector with named views. `flat` is what optimizers, copies and files work on.

    `places` says where in it the array of a node lies.
    """

    def __init__(self, shapes: Mapping[tuple[str, str], Shape], dtype: np.dtype[np.floating]):
        self._shapes = dict(shapes)
        self.flat: Array = zeros(sum(int(np.prod(s)) for s in shapes.values()), dtype)
        self._views: dict[str, dict[str, Array]] = {}
        self.places: dict[tuple[str, str], slice] = {}
        start = 0
        for (node, name), shape in shapes.items():
            end = start + int(np.prod(shape))
            self._views.setdefault(node, {})[name] = self.flat[start:end].reshape(shape)
            self.places[node, name] = slice(start, end)
            start = end

    def __getitem__(self, node: str) -> Mapping[str, Array]:
        return self._views.get(node, {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def like(self) -> Parameters:
        """Zeros of the same layout."""
        return Parameters(self._shapes, self.flat.dtype)

    def put(self, node: str, name: str, index: tuple[int, ...], value: float) -> float | None:
        """Set one number; gives what it was, or None if there is no such number.

        Raises ParamError for a value that is none, or that is too large for the precision of the vector.
        """
        array = self[node].get(name)
        if array is None or len(index) != array.ndim or not all(0 <= i < n for i, n in zip(index, array.shape,
                                                                                            strict=True)):
            return None
        if not abs(value) <= float(np.finfo(array.dtype).max):
            raise ParamError(Problem("weight.value", f"A weight cannot be {value:g}.", node=node,
                                     hint="Type a number such as -0.5."))
        was = float(array[index])
        array[index] = value
        return was

    def copies(self) -> dict[str, Array]:
        """Every array by "node.name", copied, as files hold them."""
        return {f"{node}.{name}": self._views[node][name].copy() for node, name in self._shapes}

    def load(self, arrays: Mapping[str, Array]) -> tuple[list[str], list[str]]:
        """Take over the arrays whose "node.name" and shape fit. Gives the names that were taken, and those missing."""
        taken, missing = [], []
        for node, name in self._shapes:
            key = f"{node}.{name}"
            if key in arrays and arrays[key].shape == self._views[node][name].shape:
                self._views[node][name][...] = arrays[key]
                taken.append(key)
            else:
                missing.append(key)
        return taken, missing
