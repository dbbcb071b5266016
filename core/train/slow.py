"""One step of training taken apart: what every node computed forward and back, and what the update changed."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.engine.parameters import Parameters
from core.engine.tape import Tape
from core.layers import Array

if TYPE_CHECKING:
    from core.train.session import Session

Way = Literal["forward", "loss", "backward", "update"]
# Samples of the batch that are kept, and how many numbers of one array.
SHOWN = 16
LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """A stop on the way: `node` is "" for the loss."""

    way: Way
    node: str


@dataclass(frozen=True, slots=True, eq=False)
class SlowStep:
    """A step that was done, as copies: the one after `step` steps, on a batch of `n` samples.

    The first k of them are kept: number `samples` (k,) of the training part, as the network got them. `values` and
    `slopes` by node: its output, and the gradient of the mean loss of the batch by it, (k, ...); nodes without a
    gradient have none. By node and name: the weights `before` and `after`, and `gradients` as they came out of the way
    back, before penalties and clipping. Of arrays of more than LARGEST numbers the first rows are kept. `loss` is the
    mean of the batch before the update, `rate` the learning rate, `places` the order in which all that happened.
    `sources` names the nodes that each node reads, `output` the first Output, and `targets` (k, ...) is what its
    prediction is compared with, empty if that is not known.
    """

    step: int
    epoch: int
    n: int
    samples: tuple[int, ...]
    loss: float
    rate: float
    optimizer: str
    places: tuple[Place, ...]
    values: Mapping[str, Array]
    slopes: Mapping[str, Array]
    before: Mapping[str, Mapping[str, Array]]
    gradients: Mapping[str, Mapping[str, Array]]
    after: Mapping[str, Mapping[str, Array]]
    sources: Mapping[str, tuple[str, ...]]
    output: str
    targets: Array

    @property
    def telling(self) -> int:
        """The first of the kept samples of which an input is not 0: products with 0 tell little."""
        heads = [node for node, sources in self.sources.items() if not sources]
        lively = (i for i in range(len(self.samples)) if any(self.values[node][i].any() for node in heads))
        return next(lively, 0)


@dataclass(slots=True)
class Recorder:
    """Takes the notes of one step, for whoever does it. Without `pass_over` there is no way back to tell of."""

    session: Session
    places: list[Place] = field(default_factory=list)
    values: dict[str, Array] = field(default_factory=dict)
    slopes: dict[str, Array] = field(default_factory=dict)
    gradients: dict[str, dict[str, Array]] = field(default_factory=dict)
    samples: tuple[int, ...] = ()
    targets: Array = field(default_factory=lambda: np.empty(0))
    n: int = 0

    def show(self, x: Array, chosen: Sequence[int], n: int) -> None:
        """A step on n samples that cannot be watched from inside: what the network gave for the samples `chosen`
        before it."""
        network, k = self.session.network, min(len(x), SHOWN)
        self.n, self.samples = n, tuple(int(number) for number in chosen[:k])
        self.values = {name: _cut(value) for name, value in network.predict_all(x[:k]).items()}
        self.places += [Place("forward", unit.id) for unit in network.units]
        self.places.append(Place("loss", ""))

    def pass_over(self, tape: Tape, chosen: Sequence[int]) -> float:
        """Run a pass, and note it down. Gives its loss."""
        k = min(tape.n, SHOWN)
        self.n, self.samples = tape.n, tuple(int(number) for number in chosen[:k])
        told = False
        for stop in tape.stops():
            if stop.way == "backward" and not told:
                told = True
                self.places.append(Place("loss", ""))
                # The way back may write where the outputs are.
                self.values = {name: _cut(value[:k]) for name, value in tape.values.items()}
                self.targets = tape.plan.ends[0].t[:k].copy()
            elif stop.way == "forward" or stop.node in tape.slopes:
                self.places.append(Place("forward" if stop.way == "forward" else "backward", stop.node))
        self.slopes = {name: _cut(slope[:k]) for name, slope in tape.slopes.items()}
        self.gradients = _copied(self.session, tape.gradients)
        return tape.loss


def slow_step(session: Session) -> tuple[SlowStep, float]:
    """Do the next step of a session, which is in the middle of an epoch, and tell what happened; and the loss, as the
    rule gives it."""
    before, network = _copied(session, session.network.weights), session.network
    step, epoch, rate = session.step, session.epoch, session.rate
    recorder = Recorder(session)
    with np.errstate(all="ignore"):
        loss = session.rule.slow_step(session.batch, recorder)
    after = _copied(session, network.weights)
    changed = [unit.id for unit in network.units if any(
        not np.array_equal(after[unit.id][name], before[unit.id][name]) for name in after.get(unit.id, ()))]
    places = (*recorder.places, *(Place("update", node) for node in changed))
    return SlowStep(step, epoch, recorder.n, recorder.samples, loss, rate, session.training.optimizer.kind, places,
                    recorder.values, recorder.slopes, before, recorder.gradients, after,
                    {unit.id: unit.sources for unit in network.units}, network.output, recorder.targets), loss


def _copied(session: Session, parameters: Parameters) -> dict[str, dict[str, Array]]:
    return {unit.id: {name: _cut(array) for name, array in parameters[unit.id].items()}
            for unit in session.network.units if parameters[unit.id]}


def _cut(array: Array) -> Array:
    """A copy; of what is too large the first rows."""
    if array.size > LARGEST:
        array = array[: max(1, LARGEST // max(1, array[0].size))]
    return array.copy()
