"""All weights in one flat vector, by node and name as views into it."""
from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from core.engine.workspace import zeros
from core.layers import Array, Shape


class Parameters:
    """A flat vector with named views. `flat` is what optimizers, copies and files work on."""

    def __init__(self, shapes: Mapping[tuple[str, str], Shape], dtype: np.dtype[np.floating]):
        self._shapes = dict(shapes)
        self.flat: Array = zeros(sum(int(np.prod(s)) for s in shapes.values()), dtype)
        self._views: dict[str, dict[str, Array]] = {}
        start = 0
        for (node, name), shape in shapes.items():
            end = start + int(np.prod(shape))
            self._views.setdefault(node, {})[name] = self.flat[start:end].reshape(shape)
            start = end

    def __getitem__(self, node: str) -> Mapping[str, Array]:
        return self._views.get(node, {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def like(self) -> Parameters:
        """Zeros of the same layout."""
        return Parameters(self._shapes, self.flat.dtype)

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
