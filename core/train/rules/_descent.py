"""Gradient descent on mini-batches, whatever the outputs are compared with."""
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import numpy as np

from core.engine.updater import Updater
from core.engine.watched import WatchedBatch
from core.optimizers import OPTIMIZERS
from core.train.augmenting import Augmenter
from core.train.memory import Memory, plain
from core.train.rules._base import Rule

if TYPE_CHECKING:
    from core.train.session import Session
    from core.train.slow import Recorder


class Descent(Rule):
    """Forward, loss, backward, update, batch by batch, in a new order every epoch.

    A batch that holds all samples is bound to the data once; smaller ones are gathered into the plan's arrays, and so
    are those that steps of preprocessing change at random, each time anew.
    Source: Rumelhart, Hinton & Williams 1986; Bottou 2012, Stochastic gradient descent tricks.
    """

    def __init__(self, session: Session):
        super().__init__(session)
        training, network = session.training, session.network
        self._inputs = session.parts.train.x.astype(network.dtype, copy=False)
        self.targets = network.targets(session.parts.train.y)
        n = len(self._inputs)
        self.size = min(training.batch_size or n, n)
        self.batches = -(-n // self.size)
        self._order = np.arange(n)
        self._shuffles = training.shuffle and self.batches > 1
        self._loss = self._right = self._seen = 0.0
        self._augmenter = Augmenter.of(session.parts, training.seed)
        self._bind()
        self.team = network.team if max(len(batch.plans) for batch in self.minibatches) > 1 else None
        self.updater = Updater(network, OPTIMIZERS[training.optimizer.kind](**training.optimizer.params),
                               training.learning_rate, training.l2, clip_norm=training.clip_norm,
                               clip_value=training.clip_value, threads=self.team.size if self.team else 1)

    def _bind(self) -> None:
        """Look up once what every step uses."""
        network, n = self.session.network, len(self._inputs)
        self.minibatches = [network.batch(min(self.size, n - start)) for start in range(0, n, self.size)]
        change = self._augmenter
        gathers = [batch.gather if change is None else change.gather(batch) for batch in self.minibatches]
        self._steps = [(batch, batch.compute, batch.correct, batch.n, gather)
                       for batch, gather in zip(self.minibatches, gathers, strict=True)]
        self._filled = self.batches == 1 and change is None
        if self._filled:
            self.minibatches[0].fill(self._inputs, self.targets)

    def set_rate(self, rate: float) -> None:
        self.updater.rate[...] = rate

    def begin_epoch(self) -> None:
        self._loss = self._right = self._seen = 0.0
        if self._shuffles:
            self._order = self.session.rng.permutation(len(self._inputs))

    def step(self, batch: int) -> float:
        whole, compute, correct, n, gather = self._steps[batch]
        if not self._filled:
            start = batch * self.size
            gather(self._inputs, self.targets, self._order[start : start + n])
        value = compute()
        self._loss += value * n
        self._right += correct()
        self._seen += n
        if math.isfinite(value):
            self.updater.update(whole.others, self.team)
        return value

    def slow_step(self, batch: int, recorder: Recorder) -> float:
        network, n = self.session.network, self.minibatches[batch].n
        chosen = self._order[batch * self.size : batch * self.size + n]
        watched = WatchedBatch.of(network, n)
        x = self._inputs[chosen]
        watched.fill(x if self._augmenter is None else self._augmenter.change(x), [t[chosen] for t in self.targets])
        value = recorder.pass_over(watched, chosen.tolist())
        self._loss += value * n
        self._right += watched.correct()
        self._seen += n
        if math.isfinite(value):
            recorder.update(self.updater, watched.others)
        return value

    def totals(self) -> tuple[float, float]:
        return (self._loss / self._seen, self._right / self._seen) if self._seen else (math.nan, math.nan)

    def gradient_norm(self) -> float:
        g = self.session.network.gradients.flat
        with np.errstate(all="ignore"):
            return math.sqrt(float(g.dot(g)))

    def memory(self) -> Memory:
        slots = {f"slot.{name}": slot.copy() for name, slot in self.updater.slots.items()}
        memory = Memory({"order": self._order.astype(np.int64), **slots}, {
            "t": self.updater.t, "loss": plain(self._loss), "right": plain(self._right), "seen": self._seen})
        return memory if self._augmenter is None else memory.joined("augmenter", self._augmenter.memory())

    def recall(self, memory: Memory) -> None:
        self._order = memory.order("order", len(self._inputs))
        for name, slot in self.updater.slots.items():
            memory.fill(f"slot.{name}", slot)
        self.updater.t = memory.whole("t")
        self._loss, self._right, self._seen = (memory.number(name) for name in ("loss", "right", "seen"))
        if self._augmenter is not None:
            self._augmenter.recall(memory.part("augmenter"))

    def forget(self) -> None:
        self.updater.forget()

    def go_on(self, old: Self, moves: Sequence[tuple[slice, slice]]) -> None:
        if len(self._order) == len(old._order):
            self._order = old._order.copy()
        self._loss, self._right, self._seen = old._loss, old._right, old._seen
        if self._augmenter is not None and old._augmenter is not None:
            self._augmenter.go_on(old._augmenter)
        if self.session.training.optimizer == old.session.training.optimizer:
            self.updater.go_on(old.updater, moves)
