"""Gradient descent on mini-batches."""
from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.engine.updater import Updater
from core.optimizers import OPTIMIZERS
from core.train.rules._base import Rule

if TYPE_CHECKING:
    from core.train.session import Session


class GradientDescent(Rule):
    """Forward, loss, backward, update, batch by batch, in a new order every epoch.

    A batch that holds all samples is bound to the data once; smaller ones are gathered into the plan's arrays.
    Source: Rumelhart, Hinton & Williams 1986; Bottou 2012, Stochastic gradient descent tricks.
    """

    id = "gradient"

    def __init__(self, session: Session):
        super().__init__(session)
        training, network = session.training, session.network
        self._inputs = session.parts.train.x.astype(network.weights.flat.dtype, copy=False)
        self.targets = network.targets(session.parts.train.y)
        n = len(self._inputs)
        self.size = min(training.batch_size or n, n)
        self.batches = -(-n // self.size)
        self.updater = Updater(network, OPTIMIZERS[training.optimizer.kind](**training.optimizer.params),
                               training.learning_rate, training.l2, clip_norm=training.clip_norm,
                               clip_value=training.clip_value)
        self._order = np.arange(n)
        self._shuffles = training.shuffle and self.batches > 1
        self._loss = self._right = self._seen = 0.0
        self._bind()

    def _bind(self) -> None:
        """Look up once what every step uses."""
        network, n = self.session.network, len(self._inputs)
        self._plans = [network.plan(min(self.size, n - start), train=True) for start in range(0, n, self.size)]
        self._steps = [(p, p.forward, p.loss, p.correct, p.backward) for p in self._plans]
        self._filled = self.batches == 1
        if self._filled:
            self._plans[0].x[...], self._plans[0].t[...] = self._inputs, self.targets

    def set_rate(self, rate: float) -> None:
        self.updater.rate[...] = rate

    def begin_epoch(self) -> None:
        self._loss = self._right = self._seen = 0.0
        if self._shuffles:
            self._order = self.session.rng.permutation(len(self._inputs))

    def step(self, batch: int) -> float:
        plan, forward, loss, correct, backward = self._steps[batch]
        if not self._filled:
            chosen = self._order[batch * self.size : batch * self.size + plan.n]
            self._inputs.take(chosen, 0, plan.x, "clip")
            self.targets.take(chosen, 0, plan.t, "clip")
        for run in forward:
            run()
        value = loss()
        self._loss += value * plan.n
        self._right += correct()
        self._seen += plan.n
        if not math.isfinite(value):
            return value
        for run in backward:
            run()
        self.updater.update()
        return value

    def totals(self) -> tuple[float, float]:
        return (self._loss / self._seen, self._right / self._seen) if self._seen else (math.nan, math.nan)
