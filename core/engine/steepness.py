"""The slope of a function that a layer applies to every number by itself."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.engine.plan import Unit
from core.layers import Array, Frame


def steepness(unit: Unit, weights: Mapping[str, Array], x: Array) -> Array:
    """f'(x) for x (n, ...), as the layer itself computes it on its way back, in evaluation."""
    y, dx = np.empty((len(x), *unit.shape), x.dtype), np.zeros_like(x)

    def scratch(shape: tuple[int, ...], dtype: Any = None, *, reuse: bool = False) -> Array:
        return np.empty(shape, dtype or x.dtype)

    frame = Frame(xs=(x,), y=y, dxs=(dx,), dy=np.ones_like(y), gradient=True, weights=weights, grads={}, state={},
                  train=False, rng=np.random.default_rng(0), scratch=scratch)
    with np.errstate(all="ignore"):
        for run in unit.layer.bind(frame):
            run()
    return dx
