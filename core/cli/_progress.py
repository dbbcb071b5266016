"""How far a run is, on stderr: a bar on a terminal, a few plain lines elsewhere, nothing if it is to be quiet."""
from __future__ import annotations

import math
import sys
import time
from typing import TYPE_CHECKING

from core.cli._base import say

if TYPE_CHECKING:
    from core.train.events import EpochDone

LINES = 10
EVERY = 0.1


class Quiet:
    """Says nothing. Also what the others are: a context around the run that is told of its epochs."""

    def __enter__(self) -> Quiet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def epoch(self, event: EpochDone) -> None:
        """An epoch ended."""

    def note(self, text: str) -> None:
        """Something that the user should know."""

    def close(self) -> None:
        """The run ended."""


class Plain(Quiet):
    """A line for every tenth of the run."""

    def __init__(self, epochs: int):
        self._epochs = epochs
        self._next = 1

    def epoch(self, event: EpochDone) -> None:
        if event.epoch * LINES >= self._next * self._epochs:
            self._next = event.epoch * LINES // self._epochs + 1
            say(f"epoch {event.epoch:,} of {self._epochs:,}: {numbers(event)}")

    def note(self, text: str) -> None:
        say(text)


class Bar(Quiet):
    """A bar with the numbers of the newest epoch and the time that is left, drawn ten times a second at most."""

    def __init__(self, epochs: int):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(24), MofNCompleteColumn(), TextColumn("{task.description}", markup=False),
                   TimeRemainingColumn())
        # Not by a thread of its own: it would take the interpreter from the run.
        self._progress = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        self._task = self._progress.add_task("", total=epochs)
        self._drawn = -math.inf

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def epoch(self, event: EpochDone) -> None:
        now = time.monotonic()
        if now - self._drawn >= EVERY:
            self._drawn = now
            # A terminal of 80 columns has room for two numbers.
            shown = numbers(event).partition(", validation")[0]
            self._progress.update(self._task, completed=event.epoch, description=shown, refresh=True)

    def note(self, text: str) -> None:
        self._progress.console.print(f"layerloom: {text}", markup=False, highlight=False)

    def close(self) -> None:
        self._progress.stop()


def make(epochs: int, *, quiet: bool) -> Quiet:
    """What suits the place that stderr goes to."""
    if quiet:
        return Quiet()
    return Bar(epochs) if sys.stderr.isatty() else Plain(epochs)


def numbers(event: EpochDone) -> str:
    """Loss and accuracy of an epoch, as far as they were measured."""
    named = {"loss": f"{event.loss:.4g}", "accuracy": _share(event.score),
             "validation loss": "" if math.isnan(event.validation_loss) else f"{event.validation_loss:.4g}",
             "validation accuracy": _share(event.validation_score)}
    return ", ".join(f"{name} {value}" for name, value in named.items() if value)


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.1%}"
