"""How a run does: the best epoch, the weights of it, and what a schedule that watches makes of it."""
from __future__ import annotations

import math

import numpy as np

from core.layers import Array
from core.schedules import Schedule
from core.train.memory import Memory, damaged, plain
from core.train.series import EPOCHS
from core.train.watch import Judge, Watch


class Best:
    """Copies of flat vectors (the weights, and what nodes remember) from the end of the best epoch; 0 is none.

    As Keras's restore_best_weights, but also for a run that ends with its last epoch without early stopping.
    """

    def __init__(self, **vectors: Array):
        self._vectors = vectors
        self._copies: dict[str, Array] = {}
        self.epoch = 0
        self.value = math.nan

    def forget(self) -> None:
        """Have none."""
        self.epoch, self.value, self._copies = 0, math.nan, {}

    def keep(self, epoch: int, value: float) -> None:
        """The present numbers are the best."""
        self.epoch, self.value = epoch, value
        if not self._copies:
            self._copies = {name: vector.copy() for name, vector in self._vectors.items()}
        for name, vector in self._vectors.items():
            self._copies[name][...] = vector

    def restore(self) -> None:
        """Go back to them, if there are any."""
        for name, copy in self._copies.items():
            self._vectors[name][...] = copy

    def memory(self) -> Memory:
        """Copies, for a file."""
        arrays = {name: copy.copy() for name, copy in self._copies.items()}
        return Memory(arrays, {"epoch": self.epoch, "value": plain(self.value)})

    def recall(self, memory: Memory, last: int) -> None:
        """Take over what `memory` gave; `last` is the newest epoch. Raises FormatError."""
        self.forget()
        epoch, value = memory.whole("epoch", 0, last), memory.number("value")
        if epoch:
            if math.isnan(value):
                raise damaged("the best epoch has no value")
            self._copies = {name: memory.array(name, vector).copy() for name, vector in self._vectors.items()}
            self.epoch, self.value = epoch, value


class Progress:
    """Follows the epochs of a session. `since` is the epoch up to which early stopping forgives that nothing improved.

    All but the weights of the best epoch is a function of the watched numbers so far: `follow` works it out again.
    """

    def __init__(self, schedule: Schedule | None, **vectors: Array):
        self._schedule = schedule
        self.best = Best(**vectors)
        self.since = 0
        self.follow(Watch("loss"), np.empty((0, len(EPOCHS))))

    def follow(self, watch: Watch, rows: np.ndarray) -> None:
        """Go by another number from now on, as if it always had been: rows of the series (epochs, columns)."""
        self._judge = Judge(watch)
        self._react = self._schedule.reaction(falling=watch.falling) if self._schedule else None
        self._column = EPOCHS.index(watch.column)
        self.share = 1.0
        for value in rows[:, self._column].tolist():
            self._see(value)

    def see(self, row: tuple[float, ...], *, keep: bool) -> None:
        """One more epoch: its row of the series. With `keep` its weights are copied if it is the best."""
        value = row[self._column]
        self._see(value)
        if not keep:
            if self.best.epoch:
                self.best.forget()
        elif self.watch.better(value, self.best.value if self.best.epoch else self.watch.worst):
            self.best.keep(self._judge.epoch, value)

    def _see(self, value: float) -> None:
        self._judge.see(value)
        if self._react is not None:
            self.share = self._react(value)

    @property
    def watch(self) -> Watch:
        """The number that is watched."""
        return self._judge.watch

    def stalled(self, patience: int) -> bool:
        """True if there was no improvement for `patience` epochs; never if that is 0."""
        return 0 < patience <= self._judge.waited(self.since)

    def described(self) -> str:
        """The best epoch in words, or nothing if there is none."""
        judge = self._judge
        return self.watch.write(judge.best_epoch, judge.best) if judge.best_epoch else ""
