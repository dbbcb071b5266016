"""A compiled pass: every node bound to its arrays, for one number of samples, to train or to evaluate."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.layers import Array, Layer, Pass, Shape


@dataclass(frozen=True, slots=True)
class Unit:
    """One node of a compiled network, with those that feed it."""

    id: str
    layer: Layer
    sources: tuple[str, ...]
    shape: Shape
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Functions without arguments over fixed arrays.

    Fill x (n, ...) and t, run `forward`, then `loss` gives the mean loss, `correct` how many samples are right
    (NaN where there are no classes), and `backward` fills the gradients; the last two need `loss` to have run.
    y is the prediction, `values` the output of every node.
    """

    n: int
    x: Array
    t: Array
    y: Array
    values: Mapping[str, Array]
    forward: tuple[Pass, ...]
    loss: Callable[[], float]
    correct: Callable[[], float]
    backward: tuple[Pass, ...]
