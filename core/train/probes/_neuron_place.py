"""One number of a neuron on one sample: where it stands, and what the pass knows around it."""
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.engine.plan import Unit
from core.engine.tape import Tape
from core.layers import Array
from core.train.session import Session
from core.train.tracing import Tracing


@dataclass(frozen=True)
class Place:
    """Neuron `number` of `unit` at `place` of its map, on the one sample of `tape`."""

    session: Session
    trace: Tracing
    tape: Tape
    unit: Unit
    number: int
    place: tuple[int, ...]

    @property
    def kind(self) -> str:
        """The kind of the node."""
        return self.unit.layer.info.kind

    @property
    def index(self) -> tuple[int, ...]:
        """Where the number stands in the output of a pass."""
        return (0, *self.place, self.number)

    @property
    def flat(self) -> int:
        """Where it stands in the flat output of one sample."""
        return int(np.ravel_multi_index(self.index[1:], self.unit.shape)) if self.unit.shape else 0

    @cached_property
    def weights(self) -> dict[str, Array]:
        """The weights of the node, by name."""
        return dict(self.session.network.weights[self.unit.id].items())

    @cached_property
    def gradients(self) -> dict[str, Array] | None:
        """The gradients of the weights of the node; None if it has none."""
        if self.unit.frozen or self.unit.id not in self.tape.slopes:
            return None
        return dict(self.tape.gradients[self.unit.id].items())

    @property
    def x(self) -> Array:
        """The only input, without the batch axis."""
        found: Array = self.tape.values[self.unit.sources[0]][0]
        return found

    @property
    def y(self) -> float:
        """The number."""
        return float(self.tape.values[self.unit.id][self.index])

    @property
    def slope(self) -> float:
        """The gradient of the loss by it; NaN if there is none."""
        return self.slope_of(self.unit.id)

    def slope_of(self, node: str) -> float:
        """The gradient of the loss by the number in the same place of another node."""
        return float(self.tape.slopes[node][self.index]) if node in self.tape.slopes else math.nan
