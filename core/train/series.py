"""Numbers that a run appends and panels read in slices on their own timer: no signal per batch."""
from __future__ import annotations

import threading
from array import array

import numpy as np


class Series:
    """A growing table of float64 with named columns. Safe from any thread."""

    def __init__(self, *names: str):
        self.names = names
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

    def cut(self, rows: int) -> None:
        """Forget all but the first `rows` rows."""
        with self._lock:
            del self._values[rows * len(self.names):]

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

    def __len__(self) -> int:
        return len(self._values) // len(self.names)


EPOCHS = ("epoch", "step", "loss", "score", "validation_loss", "validation_score", "learning_rate", "seconds",
          "gradient_norm")


def epoch_series() -> Series:
    """The history of a run: one row an epoch. What was not measured is NaN.

    `score` is accuracy for classes, `gradient_norm` the length of the gradient of the last batch as the optimizer
    took it.
    """
    return Series(*EPOCHS)
