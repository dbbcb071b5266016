"""What a comparison with PyTorch consists of.

A file of this folder is a family; it has

- `LAYERS`: name -> `LayerCase`, how one layer here and one module there do the same, or
- `record(rng)`: an iterator of (name, table of arrays), where a family needs arrays of its own.

Nothing imports torch before something is recorded, so that the mappings serve where it is not installed.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Table = dict[str, Array]
Shape = tuple[int, ...]


def same(theirs: Mapping[str, Array]) -> Table:
    """Their names are ours."""
    return dict(theirs)


def renamed(**names: str) -> Callable[[Mapping[str, Array]], Table]:
    """Ours by their names: renamed(weight="gain")."""
    return lambda theirs: {names[name]: array for name, array in theirs.items()}


def call(module: Any, *xs: Any) -> Any:
    """The module on the inputs as they are."""
    return module(*xs)


@dataclass(frozen=True)
class LayerCase:
    """One layer here with `params`, and `module()` there, on inputs of `shapes` (ours, without the batch axis).

    `run(module, *xs)` takes tensors in our layout and gives the output in our layout, so that gradients come back in
    it too. `weights` makes ours by name of theirs by name; `gradients` likewise (where it is None, as `weights`).
    `state` does the same for buffers (a running mean), if there are any, before the pass and after it.
    With `integers` the inputs are whole numbers below that, and have no gradient. `mode` is "training" or
    "evaluation". `inputs(rng, xs)` may change what was drawn (to put padding in, say).
    """

    kind: str
    module: Callable[[], Any]
    params: Mapping[str, Any] = field(default_factory=dict)
    shapes: tuple[Shape, ...] = ((4,),)
    n: int = 5
    run: Callable[..., Any] = call
    weights: Callable[[Mapping[str, Array]], Table] = same
    gradients: Callable[[Mapping[str, Array]], Table] | None = None
    state: Callable[[Mapping[str, Array]], Table] | None = None
    integers: int = 0
    spread: float = 1.0
    mode: str = "training"
    inputs: Callable[[np.random.Generator, list[Array]], list[Array]] = lambda rng, xs: xs
