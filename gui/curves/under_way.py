"""The epoch that is not over: the course of its running means, once it lasts long enough to be waited for."""
from __future__ import annotations

import math
import time

import numpy as np
from PySide6.QtCore import QObject, Slot

from core.train.events import EpochDone, Event, Resumed, Snapshot, Started
from gui.context import AppContext
from gui.plots import numbers
from gui.plots.chart import Chart
from gui.plots.live_curve import Floats

# Seconds that an epoch lasts before it is drawn, and between two of its points.
LONG, BETWEEN = 1.0, 0.25
# Of more points every second one is forgotten.
MOST = 1000
COLUMNS = "epoch", "step", "seconds", "loss", "score"


class UnderWay(QObject):
    """Listens to the run, also where a snapshot answers nothing; what it heard is forgotten when the epoch ends."""

    def __init__(self, context: AppContext, parent: QObject):
        super().__init__(parent)
        self._context = context
        self._rows: list[tuple[float, ...]] = []
        self._epoch = -1
        self._began = self._last = time.monotonic()
        self._fresh = False
        context.trainer.told.connect(self._on_event)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def epoch(self) -> float:
        """How many epochs are done, with the share of the present one; 0 if nothing is drawn of that."""
        return self._rows[-1][0] if self._rows else 0.0

    def where(self, axis: str) -> str:
        """The place of the newest point; an epoch that is not over is not rounded up to one that is."""
        if not self._rows:
            return ""
        at = self._rows[-1][COLUMNS.index(axis)]
        if axis == "epoch":
            return f"epoch {math.floor(10 * at + 1e-9) / 10:.1f}"
        return f"step {numbers.count(at)}" if axis == "step" else f"{at:.1f} s"

    def column(self, name: str) -> Floats:
        """One number of each point: (points,)."""
        return np.array([row[COLUMNS.index(name)] for row in self._rows])

    def forget(self) -> None:
        """The epoch is over, or it is another run."""
        self._fresh |= bool(self._rows)
        self._rows, self._epoch = [], -1

    def news(self) -> bool:
        """True once after something came or went."""
        fresh, self._fresh = self._fresh, False
        return fresh

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event, (Started, EpochDone, Resumed)):
            self._began = time.monotonic()
        if isinstance(event, (Started, EpochDone)):
            self.forget()
        elif isinstance(event, Snapshot) and not event.past:
            self._take(event)

    def _take(self, told: Snapshot) -> None:
        found, now = told.so_far, time.monotonic()
        if found is None or (self._rows and told.epoch != self._epoch):
            self.forget()
        if found is None:
            return
        # What stands still has told its last: that belongs to what is drawn already.
        long = len(self._rows) > 0 or now - self._began > LONG
        due = len(self._rows) > 0 if not self._context.trainer.running else long and now - self._last > BETWEEN
        if not due:
            return
        place = told.epoch + found.share
        if place > self.epoch:
            if len(self._rows) >= MOST:
                del self._rows[1::2]
            self._rows.append((place, float(told.step), found.seconds, found.loss, found.score))
            self._epoch, self._last, self._fresh = told.epoch, now, True

    def draw(self, chart: Chart, column: str, axis: str) -> None:
        """Lead the line of training on from its last point, or from nothing in the first epoch."""
        x, y = self.column(axis), self.column(column)
        own = chart.curves[0]
        if len(own) and len(x):
            x, y = np.insert(x, 0, own.place(-1)), np.insert(y, 0, own.value(-1))
        chart.under.reset()
        chart.under.extend(x, y)
