"""What a rule of health is, and what it looks at."""
from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.engine.plan import Unit
from core.errors import Problem
from core.graph.naming import title_of
from core.layers import Array
from core.registry import Registry
from core.train.health._curve import Curve, curve_of
from core.train.sampling import look, watched

if TYPE_CHECKING:
    from core.train.session import Session

RULES: Registry[Rule] = Registry("rule of health")
# A loss that has come down to this share of the first is learned: small gradients and firm answers are no illness then.
LEARNED = 0.1


@dataclass(frozen=True)
class Rule:
    """One illness. `find` gives its findings; of two at one node only the one of the lower `rank` is told.

    A finding is a warning at a node: what is wrong in plain words with the number, and what to try.
    """

    id: str
    rank: int
    find: Callable[[Checkup], Iterator[Problem]]

    def __post_init__(self) -> None:
        RULES.add(self.id, self)


class Checkup:
    """A network looked at over a few training samples, as it is in training.

    `values` and `slopes` (gradients of the mean loss by the outputs) are by node (n, ...), `shown` is what layers show
    of their inside; `weighted` are the nodes with weights that learn, in the order of the network.
    """

    def __init__(self, session: Session):
        self.session, self.network = session, session.network
        self.samples = look(session)
        tape = watched(session, self.samples)
        self.loss = tape.loss
        self.values: Mapping[str, Array] = tape.values
        self.slopes: Mapping[str, Array] = tape.slopes
        self.shown: Mapping[str, Mapping[str, Array]] = tape.shown
        self.units = {unit.id: unit for unit in self.network.units}
        self.weighted = [unit.id for unit in self.network.units
                         if self.network.weights[unit.id] and not unit.frozen and unit.id in self.slopes]
        self._curves: dict[str, Curve | None] = {}

    @property
    def learned(self) -> bool:
        """True if there is little left to learn."""
        first = self.session.first_loss
        return math.isfinite(first) and self.loss <= LEARNED * abs(first)

    @property
    def activations(self) -> Iterator[tuple[Unit, Curve]]:
        """The hidden nodes that apply a function to every number by itself, with that function. Those that are part of
        the loss, and those that are the answer of the network, are left out."""
        answers = {source for unit in self.network.units if unit.layer.role == "output" for source in unit.sources}
        for unit in self.network.units:
            if unit.id in self.slopes and unit.id not in answers and (curve := self.curve(unit)) is not None:
                yield unit, curve

    def curve(self, unit: Unit) -> Curve | None:
        """The function that a node applies to every number by itself, if it does."""
        if unit.id not in self._curves:
            self._curves[unit.id] = curve_of(unit, self.network.weights[unit.id])
        return self._curves[unit.id]

    def ahead(self, node: str) -> list[str]:
        """The weighted nodes that the output of a node leads to."""
        found = {node}
        for unit in self.network.units:
            if any(source in found for source in unit.sources):
                found.add(unit.id)
        return [name for name in self.weighted if name in found and name != node]

    def title(self, node: str) -> str:
        """What a person calls a node."""
        return title_of(self.session.document, node)

    @staticmethod
    def length(array: Array) -> float:
        """The length of all numbers together as one vector; NaN where one of them is none."""
        return float(np.linalg.norm(array.astype(np.float64).ravel()))

    @staticmethod
    def size(array: Array) -> float:
        """The root mean square of all numbers."""
        return float(np.sqrt(np.mean(np.square(array, dtype=np.float64))))


def examined(session: Session) -> tuple[Problem, ...]:
    """What is not well at present, at most one finding for each node, in the order of the network."""
    with np.errstate(all="ignore"):
        checkup = Checkup(session)
        found: dict[str, Problem] = {}
        for rule in sorted(RULES.values(), key=lambda rule: rule.rank):
            for problem in rule.find(checkup):
                found.setdefault(problem.node or "", problem)
    return tuple(found[node] for node in checkup.units if node in found)


def finding(rule: str, node: str, message: str, hint: str) -> Problem:
    """A finding of a rule."""
    return Problem(f"health.{rule}", message, "warning", node=node, hint=hint)


def rough(share: float) -> str:
    """A share of 1 in per cent, with as many digits as tell something: 97 %, 0.4 %, 0.00002 %."""
    percent = 100.0 * share
    if percent >= 1.0:
        return f"{percent:.0f} %"
    digits = 0 if percent <= 0.0 else min(12, -math.floor(math.log10(percent)))
    return f"{percent:.{digits}f} %"
