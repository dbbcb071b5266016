"""What there is to tell of one step of training: plain values, copied out of the engine."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from core.layers import Array
from core.params import EMPTY

Way = Literal["forward", "loss", "backward", "correction", "gradient", "memory", "update", "limit"]
# By node, and by name of its weights.
Arrays = Mapping[str, Mapping[str, Array]]


@dataclass(frozen=True, slots=True)
class Place:
    """A stop on the way through turn number `turn`. `node` is that whose numbers are seen: an Output for a loss."""

    way: Way
    node: str
    turn: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """Something that an update did to the gradient before the step: "sum" (of several passes), "l1", "l2", "clip_value"
    or "clip_norm"; the `gradients` after it, and the `length` of all of them together."""

    name: str
    gradients: Arrays
    length: float


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """An update: the weights `before`, after the step of the optimizer (`stepped`) and at the end (`after`), when
    max-norm has shortened them.

    `stages` come before the step. What the optimizer remembers, by slot, before and after: `memory`. The step first
    multiplied every weight by `keeps`: decoupled weight decay.
    """

    before: Arrays
    stepped: Arrays
    after: Arrays
    stages: tuple[Stage, ...] = ()
    memory: tuple[Mapping[str, Arrays], Mapping[str, Arrays]] = (EMPTY, EMPTY)
    keeps: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One pass, on a batch of `n` samples, with the update behind it if one follows. `title` tells it from others of
    the step.

    `kept` samples of it are told, those at `ranks` in the batch: number `samples` of the training part, as the network
    got them; empty where they are none of its. `values` and `slopes` by node: its output, and the gradient of the mean
    loss of the batch by it, (kept, ...); nodes without a gradient have none. `shares` by node and number of its input:
    the gradient by what arrives there, where the source has other readers too. `weights` are those of the pass,
    `gradients` as they came out of the way back, of nodes that learn. Of arrays of more than LARGEST numbers the first
    rows are kept. `losses` by Output: the mean of the batch, weighted; `targets` (kept, ...) is what predictions are
    compared with. `sources` names the nodes that each node reads.

    Where samples are corrected one by one, `errors` (n,) are target - prediction of each at its turn, `own` the weights
    that each kept sample found, and `corrections` what was added to them for it, (kept, ...).
    """

    title: str
    n: int
    ranks: tuple[int, ...]
    samples: tuple[int, ...]
    losses: Mapping[str, float]
    values: Mapping[str, Array]
    targets: Mapping[str, Array]
    weights: Arrays
    sources: Mapping[str, tuple[str, ...]]
    slopes: Mapping[str, Array] = field(default_factory=lambda: EMPTY)
    shares: Mapping[tuple[str, int], Array] = field(default_factory=dict)
    gradients: Arrays = field(default_factory=lambda: EMPTY)
    change: Change | None = None
    errors: Array | None = None
    own: Arrays = field(default_factory=lambda: EMPTY)
    corrections: Arrays = field(default_factory=lambda: EMPTY)

    @property
    def kept(self) -> int:
        """How many samples are told."""
        return len(self.ranks)

    @property
    def telling(self) -> int:
        """The first of the kept samples that tells most: one that is wrong where that is what counts, else one of which
        an input is not 0, as products with 0 tell little."""
        if self.errors is not None:
            return next((i for i, rank in enumerate(self.ranks) if self.errors[rank]), 0)
        heads = [node for node, sources in self.sources.items() if not sources]
        return next((i for i in range(self.kept) if any(self.values[node][i].any() for node in heads)), 0)

    def joined(self, output: str) -> str:
        """The node before an Output whose activation is part of its loss: the way back begins behind it. Or none."""
        last = self.sources[output][0]
        passed = last not in self.slopes and any(source in self.slopes for source in self.sources[last])
        return last if passed else ""

    def share(self, output: str) -> int:
        """By what (prediction - target) is divided in the gradient by what arrives at the `joined` node; 0 if the
        gradient is another one."""
        last = self.joined(output)
        if not last or output not in self.values:
            return 0
        p = self.values[output].reshape(self.kept, -1).astype(float)
        t, slope = np.asarray(self.targets[output]), self.slopes[self.sources[last][0]].reshape(self.kept, -1)
        t = np.eye(p.shape[1])[t] if t.ndim == 1 and p.shape[1] > 1 else t.reshape(self.kept, -1)
        if not p.shape == t.shape == slope.shape:
            return 0
        return next((count for count in (self.n, self.n * p.shape[1])
                     if np.allclose(slope * count, p - t, rtol=1e-3, atol=1e-6)), 0)

    def held(self, node: str, sample: int) -> Mapping[str, Array]:
        """The weights of a node that a kept sample finds."""
        if node in self.own:
            return {name: array[sample] for name, array in self.own[node].items()}
        return self.weights.get(node, EMPTY)


@dataclass(frozen=True, slots=True, eq=False)
class SlowStep:
    """A step that was done: the one after `step` steps. `loss` is that of the batch before the update, as the rule
    gives it, `rate` the learning rate, `places` the order in which all that happened, in one turn or several."""

    step: int
    epoch: int
    loss: float
    rate: float
    rule: str
    optimizer: str
    places: tuple[Place, ...]
    turns: tuple[Turn, ...]

    def turn(self, place: Place) -> Turn:
        """The turn of a place."""
        return self.turns[place.turn]
