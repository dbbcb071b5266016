"""One step of training taken apart: what every node computed forward and back, and what the update changed."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from core.engine.parameters import Parameters
from core.engine.tape import Tape
from core.engine.updater import Updater
from core.engine.watched import WatchedBatch
from core.layers import Array
from core.train.told import Arrays, Change, Place, SlowStep, Stage, Turn

if TYPE_CHECKING:
    from core.train.session import Session

# Samples of the batch that are kept, and how many numbers of one array.
SHOWN = 16
LARGEST = 1 << 20


@dataclass(slots=True)
class Recorder:
    """Takes the notes of one step, for whoever does it: of passes, each of which begins a turn, and of updates."""

    session: Session
    places: list[Place] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def pass_over(self, batch: WatchedBatch, chosen: Sequence[int], title: str = "") -> float:
        """Run a pass, and note it down. `chosen` are the numbers of its samples. Gives its loss."""
        k, number = min(batch.n, SHOWN), len(self.turns)
        units, goals = batch.tapes[0].units, [end.goal.output for end in batch.tapes[0].plan.ends]
        values: Mapping[str, Array] = {}
        targets: Mapping[str, Array] = {}
        for stop in batch.stops():
            if stop.way == "forward":
                self.places.append(Place("forward", stop.node, number))
            elif stop.node == goals[0]:
                # The way back may write where the outputs are.
                values = batch.rows(lambda tape: tape.values, k)
                targets = batch.rows(_targets, k)
                self.places += [Place("loss", output, number) for output in goals]
            elif stop.node in batch.tapes[0].slopes:
                self.places.append(Place("backward", stop.node, number))
        learning = {unit.id for unit in units if not (unit.frozen or unit.held)} & batch.tapes[0].slopes.keys()
        gradients = {node: held for node, held in batch.gradients().items() if node in learning}
        self.turns.append(Turn(
            title, batch.n, tuple(range(k)), tuple(int(sample) for sample in chosen[:k]), batch.losses, _cut(values),
            targets, copied(self.session.network.weights), {unit.id: unit.sources for unit in units},
            _cut(batch.rows(lambda tape: tape.slopes, k)), batch.rows(lambda tape: tape.shares, k),
            {node: _cut(held) for node, held in gradients.items()}))
        return batch.loss

    def update(self, updater: Updater, others: Sequence[Array] = (), *, summed: bool = False) -> None:
        """Do an update, and note it down as that of the last turn. `others` are of the same pass; `summed` says that
        the gradient is a sum with that of another pass."""
        network = self.session.network
        before, stepped = copied(network.weights), {}
        rate, remembered = float(updater.rate), self._memory(updater)
        stages = [Stage("sum", copied(network.gradients), updater.length())] if summed else []
        for name in updater.stages(others):
            if name == "step":
                stepped = copied(network.weights)
            elif name not in ("sum", "max_norm"):
                stages.append(Stage(name, copied(network.gradients), updater.length()))
        self.change(Change(before, stepped, copied(network.weights), tuple(stages),
                           (remembered, self._memory(updater)), updater.optimizer.keeps(rate)), updater.learning)

    def change(self, change: Change, learning: frozenset[str]) -> None:
        """An update of the nodes `learning` belongs to the last turn."""
        turn = self.turns[-1] = replace(self.turns[-1], change=change)
        nodes = [unit.id for unit in self.session.network.units if unit.id in learning and unit.id in change.before]
        came, number = turn.gradients, len(self.turns) - 1
        self.places += [Place("gradient", node, number) for node in nodes if any(
            _differ(stage.gradients[node], came.get(node, {})) for stage in change.stages)]
        for node in nodes:
            old, new = change.memory
            if any(_differ(new[slot][node], old[slot][node]) for slot in new):
                self.places.append(Place("memory", node, number))
            # Corrections may cancel each other out.
            if _differ(change.stepped[node], change.before[node]) or any(
                    array.any() for array in turn.corrections.get(node, {}).values()):
                self.places.append(Place("update", node, number))
        self.places += [Place("limit", node, number) for node in nodes
                        if _differ(change.after[node], change.stepped[node])]

    def _memory(self, updater: Updater) -> dict[str, Arrays]:
        weights = self.session.network.weights
        found: dict[str, Arrays] = {}
        for slot, flat in updater.optimizer.told(updater.slots).items():
            views = weights.like()
            views.flat[...] = flat
            found[slot] = copied(views)
        return found


def slow_step(session: Session) -> tuple[SlowStep, float]:
    """Do the next step of a session, which is in the middle of an epoch, and tell what happened; and the loss, as the
    rule gives it. It is the step that `rule.step` would have done, to the bit."""
    step, epoch, rate, recorder = session.step, session.epoch, session.rate, Recorder(session)
    with np.errstate(all="ignore"):
        loss = session.rule.slow_step(session.batch, recorder)
    return SlowStep(step, epoch, loss, rate, session.rule.id, session.training.optimizer.kind, tuple(recorder.places),
                    tuple(recorder.turns)), loss


def copied(parameters: Parameters) -> dict[str, dict[str, Array]]:
    """All of them, by node and name."""
    return {node: _cut(parameters[node]) for node in parameters}


def _targets(tape: Tape) -> dict[str, Array]:
    return {end.goal.output: end.t for end in tape.plan.ends}


def _differ(these: Mapping[str, Array], those: Mapping[str, Array]) -> bool:
    return any(name not in those or not np.array_equal(array, those[name]) for name, array in these.items())


def _cut(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Copies; of what is too large the first rows."""
    return {name: array[: max(1, LARGEST // max(1, array[0].size))].copy() if array.size > LARGEST else array.copy()
            for name, array in arrays.items()}
