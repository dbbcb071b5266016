"""Numbers that a run appends and panels read in slices on their own timer: no signal per batch."""
from __future__ import annotations

import threading
from array import array
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened to a run at the end of an epoch that no number tells. `kind`: "early", "edited" or
    "resumed"; `text` is a sentence."""

    epoch: int
    kind: str
    text: str


class Series:
    """A growing table of float64 with named columns, and notes on it. Safe from any thread."""

    def __init__(self, *names: str):
        self.names = names
        self.notes: tuple[Note, ...] = ()
        self._values = array("d")
        self._lock = threading.Lock()

    def add(self, row: tuple[float, ...]) -> None:
        """Append one row, a number for every column."""
        with self._lock:
            self._values.extend(row)

    def add_all(self, rows: np.ndarray) -> None:
        """Append several rows: (rows, columns), float64."""
        with self._lock:
            self._values.frombytes(np.ascontiguousarray(rows, np.float64).tobytes())

    def note(self, epoch: int, kind: str, text: str) -> None:
        """Keep in mind what happened."""
        self.notes = (*self.notes, Note(epoch, kind, text))

    def since(self, start: int) -> np.ndarray:
        """Rows from number `start` on: (rows, columns), a copy."""
        with self._lock:
            width = len(self.names)
            flat = np.frombuffer(self._values, np.float64)[start * width:].copy() if self._values else np.empty(0)
        return flat.reshape(-1, width)

    def last(self) -> dict[str, float]:
        """The newest row by name; empty if there is none."""
        with self._lock:
            row = self._values[-len(self.names):]
        return dict(zip(self.names, row, strict=True)) if row else {}

    def until(self, name: str, value: float) -> int:
        """How many rows there are up to a value of a column that ascends."""
        rows = self.since(0)
        return int(np.searchsorted(rows[:, self.names.index(name)], value, "right"))

    def __len__(self) -> int:
        return len(self._values) // len(self.names)


EPOCHS = ("epoch", "step", "loss", "score", "validation_loss", "validation_score", "learning_rate", "seconds",
          "gradient_norm")


def epoch_series(rows: np.ndarray | None = None) -> Series:
    """The history of a run: one row an epoch. What was not measured is NaN.

    `score` is accuracy for classes, `gradient_norm` the length of the gradient of the last batch as the optimizer
    took it.
    """
    series = Series(*EPOCHS)
    if rows is not None:
        series.add_all(rows)
    return series
