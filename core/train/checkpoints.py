"""When a run is saved on the way."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.train.session import Session

# Batches between two looks at the clock.
GLANCE = 16


@dataclass(frozen=True, kw_only=True)
class Checkpoints:
    """`save` writes a session to a file and gives its name; it raises CoreError if it cannot.

    Called at every multiple of `epochs` and of `steps` and whenever `seconds` have passed (0: never), and when the
    run ends, unless it failed.
    """

    save: Callable[[Session], str]
    epochs: int = 0
    steps: int = 0
    seconds: float = 0.0


class Timetable:
    """Says when the next checkpoint of a run is due."""

    def __init__(self, plan: Checkpoints, session: Session):
        self._plan, self._session = plan, session
        self._saved = session.step
        self._time = time.monotonic()

    def batches(self) -> int:
        """How many batches may pass before `due` is to be asked again."""
        plan, limit = self._plan, self._session.rule.batches
        if plan.steps:
            limit = min(limit, plan.steps - self._session.step % plan.steps)
        return min(limit, GLANCE) if plan.seconds else limit

    def due(self) -> bool:
        """True if the session is to be saved now."""
        plan, session = self._plan, self._session
        if session.step == self._saved:
            return False
        return bool((plan.epochs and not session.batch and session.epoch % plan.epochs == 0)
                    or (plan.steps and session.step % plan.steps == 0)
                    or (plan.seconds and time.monotonic() - self._time >= plan.seconds))

    def save(self) -> str:
        """Save it, and give the name of the file. Raises CoreError."""
        self._saved, self._time = self._session.step, time.monotonic()
        return self._plan.save(self._session)
