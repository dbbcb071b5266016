"""Slow work on data: how far it is, and a way to stop it."""
from __future__ import annotations

import threading
from collections.abc import Callable


class CancelledError(Exception):
    """The work was stopped because nobody wants its result any more."""


class Task:
    """Passed to slow work, which calls `tell` now and then. `stop` may be called from any thread.

    `told` is called with a text, and the share that is done from 0 to 1, or None if that is not known.
    """

    def __init__(self, told: Callable[[str, float | None], None] | None = None):
        self._told = told
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """True once somebody has called `stop`."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to end."""
        self._stop.set()

    def tell(self, text: str = "", share: float | None = None) -> None:
        """Say how far the work is. Raises CancelledError if it was stopped."""
        if self._stop.is_set():
            raise CancelledError
        if self._told is not None and (text or share is not None):
            self._told(text, share)
