"""How fast a run trains."""
from __future__ import annotations

import time

# Seconds over which a rate is taken.
SPAN = 0.25


class SampleRate:
    """Samples per second, taken anew about four times a second."""

    def __init__(self) -> None:
        self.value = 0.0
        self._since, self._step = 0.0, 0

    def begin(self, step: int) -> None:
        """A run goes on after so many steps; how fast, is not known yet."""
        self.value = 0.0
        self._since, self._step = time.perf_counter(), step

    def see(self, step: int, samples: float) -> None:
        """It has come to this step; each is worth `samples` samples."""
        now = time.perf_counter()
        if now - self._since > SPAN:
            self.value = (step - self._step) * samples / (now - self._since)
            self._since, self._step = now, step
