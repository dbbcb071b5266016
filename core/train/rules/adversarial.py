"""Two networks against each other."""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from core.engine import variant
from core.engine.compiler import Part
from core.engine.parameters import Parameters
from core.engine.plan import Plan, Unit
from core.engine.tape import Tape
from core.engine.updater import Updater
from core.engine.watched import WatchedBatch
from core.graph.active import active
from core.graph.adversary import Sides, sides
from core.layers import Array
from core.optimizers import OPTIMIZERS
from core.train.augmenting import Augmenter
from core.train.memory import Memory, plain
from core.train.rules._base import Rule

if TYPE_CHECKING:
    from core.train.session import Session
    from core.train.slow import Recorder

# What the discriminator is to say in the three passes of a step.
TRUTHS = 1.0, 0.0, 1.0
TITLES = "Discriminator, real", "Discriminator, generated", "Generator"


class Adversarial(Rule):
    """In turn, for every batch: the discriminator learns to tell real samples (1) from generated ones (0), then the
    generator learns to make samples that are taken for real ones (the loss that does not saturate).

    The loss that is reported is the discriminator's, the mean over real and generated samples, and the score its share
    of right answers. Each side has an optimizer of its own. Source: Goodfellow et al. 2014, arXiv:1406.2661,
    algorithm 1 with k = 1; Radford, Metz & Chintala 2016, arXiv:1511.06434 (separate batches of real and generated).
    """

    id = "adversarial"

    def __init__(self, session: Session):
        super().__init__(session)
        network, training = session.network, session.training
        found = sides(active(session.document), session.report.live, session.report.layers)
        assert isinstance(found, Sides)
        self._inputs = session.parts.train.x.astype(network.dtype, copy=False)
        n = len(self._inputs)
        self._size = min(training.batch_size or n, n)
        self.batches = -(-n // self._size)
        self._sides, self._second = found, network.weights.like()
        self._updaters = [self._updater(found.generator), self._updater(found.discriminator)]
        self._augmenter = Augmenter.of(session.parts, training.seed)
        self._duels: dict[int, list[Plan]] = {}
        self._order = np.arange(n)
        self._loss = self._right = self._seen = 0.0

    def _updater(self, idle: frozenset[str]) -> Updater:
        """For the side that is not `idle`."""
        training = self.session.training
        return Updater(variant.held(self.session.network, idle),
                       OPTIMIZERS[training.optimizer.kind](**training.optimizer.params), training.learning_rate,
                       training.l2, clip_norm=training.clip_norm, clip_value=training.clip_value)

    def set_rate(self, rate: float) -> None:
        for updater in self._updaters:
            updater.rate[...] = rate

    def begin_epoch(self) -> None:
        self._loss = self._right = self._seen = 0.0
        if self.session.training.shuffle and self.batches > 1:
            self._order = self.session.rng.permutation(len(self._inputs))

    def step(self, batch: int) -> float:
        chosen = self._order[batch * self._size : (batch + 1) * self._size]
        n, network = len(chosen), self.session.network
        if n not in self._duels:
            self._duels[n] = [variant.plan(network, way, n, gradients) for way, gradients in self._ways()]
        plans = self._duels[n]
        return self._fight(chosen, plans, lambda number: _pass(plans[number]),
                           lambda side: self._updaters[side].update())

    def slow_step(self, batch: int, recorder: Recorder) -> float:
        chosen = self._order[batch * self._size : (batch + 1) * self._size]
        n, network = len(chosen), self.session.network
        tapes = [Tape(network, n, part=Part(n, n, gradients, network.rng), units=way)
                 for way, gradients in self._ways()]

        def run(number: int) -> float:
            samples = chosen.tolist() if tapes[number].plan.x.size else []
            return recorder.pass_over(WatchedBatch([tapes[number]], network.team), samples, TITLES[number])

        return self._fight(chosen, [tape.plan for tape in tapes], run,
                           lambda side: recorder.update(self._updaters[side], summed=side == 0))

    def _ways(self) -> list[tuple[list[Unit], Parameters]]:
        """The nodes of the three passes, and where their gradients go: those with generated samples write them apart.
        """
        found, network = self._sides, self.session.network
        return [(_way(network.units, found.mixture, source, idle), gradients) for source, idle, gradients in (
            (found.real, frozenset[str](), network.gradients), (found.generated, found.generator, self._second),
            (found.generated, found.discriminator, network.gradients))]

    def _fight(self, chosen: Array, plans: Sequence[Plan], run: Callable[[int], float],
               update: Callable[[int], None]) -> float:
        """One batch: `run` does a pass by its number, `update` lets the discriminator (0) or the generator (1) learn.
        """
        network, (real, generated, _) = self.session.network, plans
        self._show(chosen, plans)
        loss = (run(0) + run(1)) / 2.0
        right = (real.correct() + generated.correct()) / 2.0
        if not math.isfinite(loss):
            return loss
        np.add(network.gradients.flat, self._second.flat, network.gradients.flat)
        update(0)
        if not math.isfinite(fooled := run(2)):
            return fooled
        update(1)
        self._loss += loss * len(chosen)
        self._right += right
        self._seen += len(chosen)
        return loss

    def _show(self, chosen: Array, plans: Sequence[Plan]) -> None:
        """Take in the real samples at `chosen`."""
        inputs = self._inputs
        if self._augmenter is not None:
            inputs, chosen = self._augmenter.change(inputs[chosen]), np.arange(len(chosen))
        for plan, truth in zip(plans, TRUTHS, strict=True):
            plan.ends[0].t[...] = truth
            if plan.x.size:
                inputs.take(chosen, 0, plan.x, "clip")

    def totals(self) -> tuple[float, float]:
        return (self._loss / self._seen, self._right / self._seen) if self._seen else (math.nan, math.nan)

    def memory(self) -> Memory:
        arrays = {"order": self._order.astype(np.int64)}
        values: dict[str, Any] = {"loss": plain(self._loss), "right": plain(self._right), "seen": self._seen}
        for side, updater in enumerate(self._updaters):
            arrays |= {f"slot{side}.{name}": slot.copy() for name, slot in updater.slots.items()}
            values[f"t{side}"] = updater.t
        memory = Memory(arrays, values)
        return memory if self._augmenter is None else memory.joined("augmenter", self._augmenter.memory())

    def recall(self, memory: Memory) -> None:
        self._order = memory.order("order", len(self._inputs))
        self._loss, self._right, self._seen = (memory.number(name) for name in ("loss", "right", "seen"))
        if self._augmenter is not None:
            self._augmenter.recall(memory.part("augmenter"))
        for side, updater in enumerate(self._updaters):
            updater.t = memory.whole(f"t{side}")
            for name, slot in updater.slots.items():
                memory.fill(f"slot{side}.{name}", slot)

    def forget(self) -> None:
        for updater in self._updaters:
            updater.forget()

    def go_on(self, old: Self, moves: Sequence[tuple[slice, slice]]) -> None:
        if len(self._order) == len(old._order):
            self._order = old._order.copy()
        self._loss, self._right, self._seen = old._loss, old._right, old._seen
        if self._augmenter is not None and old._augmenter is not None:
            self._augmenter.go_on(old._augmenter)
        if self.session.training.optimizer == old.session.training.optimizer:
            for updater, its in zip(self._updaters, old._updaters, strict=True):
                updater.go_on(its, moves)


def _way(units: tuple[Unit, ...], mixture: str, source: str, idle: frozenset[str]) -> list[Unit]:
    """The nodes that lead to the Output if the mixture takes only `source`; the weights of `idle` nodes are held."""
    wired = [replace(unit, sources=(source,)) if unit.id == mixture else unit for unit in units]
    needed = {wired[-1].id}
    for unit in reversed(wired):
        if unit.id in needed:
            needed.update(unit.sources)
    return [replace(unit, held=unit.id in idle) for unit in wired if unit.id in needed]


def _pass(plan: Plan) -> float:
    for run in plan.forward:
        run()
    value = plan.loss()
    for run in plan.backward:
        run()
    return value
