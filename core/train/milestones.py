"""What happened in a run, epoch by epoch, as far as a curve should show it."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.train.series import EPOCHS, Note
from core.train.watch import Watch

# A change of the rate by less than that share is none that anybody sees; of a schedule that changes it all the time
# only what stands out from its neighbours so many times is a jump.
SMALLEST, STANDS_OUT = 0.05, 4.0
# More than that is a schedule at work: the newest are told.
MOST = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at the end of an epoch. `kind`: "rate", "best", "early", "edited" or "resumed"; `text`
    says it in a sentence."""

    epoch: int
    kind: str
    text: str


class Milestones:
    """Works out from the rows of a series, which come bit by bit, where the learning rate jumped and which epoch was
    the best.

    `watch` names the number that is judged by. With `scheduled` the rate may change at every epoch, and only a jump
    counts; otherwise somebody has changed it.
    """

    def __init__(self, watch: Watch, *, scheduled: bool = False):
        self.watch, self.scheduled = watch, scheduled
        self.best, self.best_epoch, self.epochs = watch.worst, 0, 0
        self._jumps: list[tuple[int, float, float]] = []
        self._tail = np.empty(0)

    def see(self, rows: np.ndarray) -> None:
        """More epochs: rows of the series (epochs, columns)."""
        if len(rows):
            self._judge(rows[:, EPOCHS.index(self.watch.column)])
            self._look_for_jumps(rows[:, EPOCHS.index("learning_rate")])
            self.epochs += len(rows)

    def marks(self, notes: Iterable[Note] = ()) -> tuple[Mark, ...]:
        """All that happened, in the order of epochs; `notes` are those of the series."""
        found = [Mark(note.epoch, note.kind, note.text) for note in notes]
        found += [Mark(epoch, "rate", f"Learning rate {_rate(old)} → {_rate(new)}, from epoch {epoch + 1:,} on.")
                  for epoch, old, new in self._jumps]
        if self.best_epoch:
            found.append(Mark(self.best_epoch, "best", f"Best: {self.watch.write(self.best_epoch, self.best)}."))
        return tuple(sorted(found, key=lambda mark: mark.epoch))

    def _judge(self, values: np.ndarray) -> None:
        if not np.isfinite(values).any():
            return
        if self.watch.min_delta:
            for epoch, value in enumerate(values.tolist(), self.epochs + 1):
                if self.watch.better(value, self.best):
                    self.best, self.best_epoch = value, epoch
            return
        place = int(np.nanargmin(values) if self.watch.falling else np.nanargmax(values))
        if self.watch.better(float(values[place]), self.best):
            self.best, self.best_epoch = float(values[place]), self.epochs + place + 1

    def _look_for_jumps(self, rates: np.ndarray) -> None:
        """A jump is known when the epoch after it is: it is told from a slope by its neighbours on both sides."""
        known = np.concatenate([self._tail, rates])
        tail = len(self._tail)
        first = self.epochs + 1 - tail
        self._tail = known[-3:]
        change = np.abs(np.diff(known))
        if not change.any():
            return
        plain = change > (SMALLEST if self.scheduled else 1e-9) * np.maximum(known[1:], known[:-1])
        if self.scheduled:
            around = np.maximum(np.concatenate([[0.0], change[:-1]]), np.concatenate([change[1:], [np.inf]]))
            plain &= change > STANDS_OUT * around
        # The first of three was judged when its neighbours were there.
        plain[: tail == 3] = False
        for at in np.flatnonzero(plain)[-MOST:].tolist():
            self._jump(first + at, float(known[at]), float(known[at + 1]))

    def _jump(self, epoch: int, old: float, new: float) -> None:
        """The rate was `old` to the end of `epoch`. Changes in epochs that follow each other are one."""
        told = self._jumps[-1] if self._jumps else None
        if told is not None and epoch <= told[0]:
            return
        if told is not None and epoch == told[0] + 1 and not self.scheduled:
            self._jumps[-1] = epoch, told[1], new
        else:
            self._jumps.append((epoch, old, new))
        del self._jumps[:-MOST]


def _rate(value: float) -> str:
    return f"{value:.3g}"
