"""The perceptron learning rule."""
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import numpy as np

from core.errors import Problem
from core.graph.redrawn import same_data
from core.train.correcting import Diary
from core.train.memory import Memory, damaged
from core.train.rules._base import Ending, Rule
from core.train.separable import separable

if TYPE_CHECKING:
    from core.train.session import Session
    from core.train.slow import Recorder

PATIENCE = 10


class Perceptron(Rule):
    """For every sample: w += rate * (target - prediction) * x, and the same for the bias with x = 1.

    Converges in finitely many corrections exactly if the classes are linearly separable; after ten epochs with
    corrections, a linear program decides whether they are. Source: Rosenblatt 1958; Novikoff 1962 (convergence).
    """

    id = "perceptron"

    def __init__(self, session: Session):
        super().__init__(session)
        self.samples = session.parts.train
        self._dense = next(unit.id for unit in session.network.units if unit.layer.trainable)
        weights = session.network.weights[self._dense]
        self._w, self._b = weights["W"].reshape(-1), weights.get("b")
        self._rate = session.training.learning_rate
        self._rows = self.samples.x.reshape(len(self.samples), -1)
        self._shuffles = session.training.shuffle
        self._order = np.arange(len(self.samples))
        self._errors = self._seen = self._corrected = 0
        self._separable: bool | None = None

    def set_rate(self, rate: float) -> None:
        self._rate = rate

    def begin_epoch(self) -> None:
        self._errors = self._seen = 0
        if self._shuffles:
            self._order = self.session.rng.permutation(len(self.samples))

    def step(self, batch: int) -> float:
        for index in self._order.tolist():
            if error := self._error(index):
                self._correct(index, error)
        return self._share()

    def slow_step(self, batch: int, recorder: Recorder) -> float:
        diary = Diary(recorder, self._dense, len(self._order))
        for rank, index in enumerate(self._order.tolist()):
            error = self._error(index)
            move, shift = self._correction(index, error)
            diary.note(rank, index, error, {"W": move, "b": np.asarray(shift)})
            if error:
                self._correct(index, error)
        loss = self._share()
        diary.end(loss)
        return loss

    def _share(self) -> float:
        """All samples were seen: the share of wrong ones."""
        self._seen = len(self._order)
        return self._errors / self._seen

    def _error(self, index: int) -> int:
        """Target minus prediction of a sample."""
        score = float(self._w @ self._rows[index]) + (float(self._b[0]) if self._b is not None else 0.0)
        return int(self.samples.y[index]) - (1 if score > 0.0 else 0)

    def _correction(self, index: int, error: int) -> tuple[np.ndarray, float]:
        """What is added to the weights and to the bias for a sample."""
        return self._rate * error * self._rows[index], self._rate * error

    def _correct(self, index: int, error: int) -> None:
        self._errors += 1
        move, shift = self._correction(index, error)
        self._w += move
        if self._b is not None:
            self._b += shift

    def end_epoch(self) -> Ending | Problem | None:
        epoch = self.session.epoch
        if not self._errors:
            last = self._corrected
            return Ending("converged", f"The perceptron converged: epoch {epoch} passed without an error"
                          + (f", the last correction was in epoch {last}." if last else "."))
        self._corrected = epoch
        if self._separable is None and epoch >= min(PATIENCE, self.session.epochs):
            self._separable = separable(self._rows, self.samples.y, bias=self._b is not None)
            if not self._separable and epoch < self.session.epochs:
                return Problem("perceptron.inseparable", INSEPARABLE, "warning", hint=CURE)
        if self._separable is False and epoch >= self.session.epochs:
            return Ending("inseparable", f"The perceptron did not converge in {epoch:,} epochs and never will: "
                          f"the two classes are not linearly separable. {CURE}")
        return None

    def memory(self) -> Memory:
        return Memory(values={"errors": self._errors, "seen": self._seen, "corrected": self._corrected,
                              "separable": self._separable})

    def recall(self, memory: Memory) -> None:
        self._seen = memory.whole("seen", 0, len(self.samples))
        self._errors = memory.whole("errors", 0, self._seen)
        self._corrected = memory.whole("corrected")
        self._separable = memory.values.get("separable")
        if not (self._separable is None or isinstance(self._separable, bool)):
            raise damaged("separable is not true, false or null")

    def go_on(self, old: Self, moves: Sequence[tuple[slice, slice]]) -> None:
        self._errors, self._seen, self._corrected = old._errors, old._seen, old._corrected
        if same_data(self.session.document.data, old.session.document.data):
            self._separable = old._separable

    def totals(self) -> tuple[float, float]:
        if not self._seen:
            return math.nan, math.nan
        return self._errors / self._seen, 1.0 - self._errors / self._seen


INSEPARABLE = ("The perceptron cannot learn this: the two classes are not linearly separable, "
               "so no straight line parts them and the rule never comes to rest.")
CURE = "Add a hidden layer and train by gradient descent."
