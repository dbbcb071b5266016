"""A compiled pass: every node bound to its arrays, for one number of samples, to train or to evaluate."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.engine.parameters import Parameters
from core.graph.goal import Goal
from core.layers import Array, Layer, Pass, Shape


@dataclass(frozen=True, slots=True)
class Unit:
    """One node of a compiled network, with those that feed it.

    The weights of a `frozen` node stay as they are for good; what is `held` stays as it is in one pass only, and does
    all else as in training.
    """

    id: str
    layer: Layer
    sources: tuple[str, ...]
    shape: Shape
    frozen: bool = False
    held: bool = False


class Weighted(Protocol):
    """What has weights to update: a network, or a part of one."""

    @property
    def units(self) -> tuple[Unit, ...]: ...
    @property
    def weights(self) -> Parameters: ...
    @property
    def gradients(self) -> Parameters: ...


@dataclass(frozen=True, slots=True)
class End:
    """One Output in a plan: its targets t, its prediction p and its weighted loss.

    `correct` counts the samples that are right (NaN where there are no classes); it needs `loss` to have run. `each`
    gives the weighted loss of every sample (n,).
    """

    goal: Goal
    t: Array
    p: Array
    loss: Callable[[], float]
    correct: Callable[[], float]
    each: Callable[[], Array]


@dataclass(frozen=True, slots=True)
class Plan:
    """Functions without arguments over fixed arrays.

    Fill x (n, ...) and the targets, run `forward`, then `loss` gives the mean loss, summed over all outputs, `correct`
    how many samples are right at the first of them, and `backward` fills the gradients; the last two need `loss` to
    have run. `values` is the output of every node; `targets` are the arrays of those outputs that look at the data's.
    """

    n: int
    x: Array
    ends: tuple[End, ...]
    values: Mapping[str, Array]
    forward: tuple[Pass, ...]
    loss: Callable[[], float]
    correct: Callable[[], float]
    backward: tuple[Pass, ...]

    @property
    def y(self) -> Array:
        """The prediction of the first output."""
        return self.ends[0].p

    @property
    def targets(self) -> tuple[Array, ...]:
        """Where the data's targets go."""
        return tuple(end.t for end in self.ends if end.goal.from_data)

    def fill(self, x: Array, targets: Sequence[Array]) -> None:
        """Take in samples and their targets, as `Network.targets` gives them."""
        self.x[...] = x
        for place, t in zip(self.targets, targets, strict=True):
            place[...] = t
