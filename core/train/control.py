"""What may be asked of a run from outside. Read between batches; safe from any thread."""
from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from core.train.request import Request


class Control:
    """Pause, stop, step, change settings, ask for pictures.

    The loop reads one attribute, `attention`, for every batch; only when it is set does it look further.
    """

    def __init__(self, *, paused: bool = False):
        self.attention = True
        self._condition = threading.Condition()
        self._paused = paused
        self._stopped = False
        self._held = False
        self._active = False
        self._standing = False
        self._budget: tuple[str, int] | None = None
        self._changes: dict[str, Any] = {}
        self._requests: frozenset[Request] = frozenset()
        self._anew: frozenset[Request] = frozenset()
        self._due = False
        self.pace = 0.0
        self.viewing: int | None = None
        self.slow = False

    def pause(self) -> None:
        """Stand still after the present batch."""
        self._set(_paused=True, _budget=None, slow=False)

    def resume(self) -> None:
        """Go on until paused, stopped or done."""
        self._set(_paused=False, _budget=None, slow=False)

    def step(self, batches: int = 1) -> None:
        """Run this many batches, then pause."""
        self._set(_paused=False, _budget=("batch", batches), slow=False)

    def explain(self) -> None:
        """Run one batch, tell all about it, then pause."""
        self._set(_paused=False, _budget=("batch", 1), slow=True)

    def told_slowly(self) -> None:
        """For the loop: it is being done."""
        with self._condition:
            self.slow = False

    def epoch(self, epochs: int = 1) -> None:
        """Run to the end of this many epochs, then pause."""
        self._set(_paused=False, _budget=("epoch", epochs), slow=False)

    def stop(self) -> None:
        """End the run after the present batch, even if it is paused or held."""
        self._set(_stopped=True)

    def change(self, **values: Any) -> None:
        """Change live settings, as `Session.change` does: learning_rate, epochs, ..."""
        with self._condition:
            self._changes |= values
            self._wake()

    def set_pace(self, epochs_per_second: float) -> None:
        """Run no faster than this; 0 is as fast as the machine can."""
        self._set(pace=epochs_per_second)

    def want(self, requests: Iterable[Request], anew: Iterable[Request] | None = None) -> None:
        """Answer these requests from now on, each time that `look` is called. Those in `anew`, by default all of them,
        are asked by somebody who does not know the last answer."""
        with self._condition:
            self._requests, self._due = frozenset(requests), True
            self._anew |= self._requests if anew is None else frozenset(anew)
            self._wake()

    def look(self) -> None:
        """Ask for one snapshot of what is wanted."""
        self._set(_due=True)

    def view(self, step: int | None) -> None:
        """Answer from now on as things were at this step, or, with None, as they are."""
        self._set(viewing=step, _due=True)

    def hold(self) -> None:
        """Stand still between two batches while somebody else needs the interpreter, until `release`."""
        self._held = True
        self.attention = True

    def release(self) -> None:
        """End `hold`."""
        if self._held:
            self._set(_held=False)

    @contextmanager
    def standstill(self, timeout: float = 10.0) -> Iterator[None]:
        """Within the block no step is being computed: weights can be read. Waits for the present step to end."""
        with self._condition:
            held, self._held = self._held, True
            self.attention = True
            self._condition.wait_for(lambda: self._standing or not self._active, timeout)
        try:
            yield
        finally:
            self._set(_held=held)

    @property
    def stopped(self) -> bool:
        return self._stopped

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def held(self) -> bool:
        return self._held

    @property
    def overtaken(self) -> bool:
        """True if something else was asked since the last `take` while paused, or the run is to go on or end. Whoever
        changes a setting still waits for the answers."""
        return self._due or self._stopped or not self._paused

    # For the loop

    @contextmanager
    def active(self) -> Iterator[None]:
        """The block of the run."""
        self._set(_active=True)
        try:
            yield
        finally:
            self._set(_active=False)

    def wait(self) -> None:
        """Sleep while held, or while paused with nothing to answer, unless stopped."""
        with self._condition:
            self._standing = True
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._stopped or not self._idle())
            self._standing = False

    def give_way(self) -> None:
        """Stand still while held, between two pieces of work that nobody else may disturb."""
        with self._condition:
            if self._held:
                self._standing = True
                self._condition.notify_all()
                self._condition.wait_for(lambda: self._stopped or not self._held)
                self._standing = False

    def nap(self, seconds: float) -> None:
        """Sleep, but wake at once when anything is asked."""
        with self._condition:
            if not self.attention:
                self._condition.wait(seconds)

    def take(self) -> tuple[dict[str, Any], frozenset[Request]]:
        """The changes since the last call, and the requests that are due; lowers the flag."""
        with self._condition:
            self.attention = self._held or self._paused or self._stopped or self._budget is not None
            changes, self._changes = self._changes, {}
            due, self._due = (self._requests if self._due else frozenset()), False
            return changes, due

    def take_changes(self) -> dict[str, Any]:
        """The changes since the last call of this or of `take`."""
        with self._condition:
            changes, self._changes = self._changes, {}
            return changes

    def take_anew(self) -> frozenset[Request]:
        """What was asked anew since the last call."""
        with self._condition:
            anew, self._anew = self._anew, frozenset()
            return anew

    def spend(self, what: str) -> None:
        """Count one "batch" or "epoch" of the budget of `step` or `epoch`; pause when it is used up."""
        with self._condition:
            if self._budget is not None and self._budget[0] == what:
                left = self._budget[1] - 1
                self._budget = (what, left) if left > 0 else None
                self._paused = left <= 0
                self.attention = True

    def _idle(self) -> bool:
        return self._held or (self._paused and not self._due and not self._changes)

    def _set(self, **values: Any) -> None:
        with self._condition:
            for name, value in values.items():
                setattr(self, name, value)
            self._wake()

    def _wake(self) -> None:
        self.attention = True
        self._condition.notify_all()
