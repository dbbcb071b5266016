"""What a training rule is: it turns one batch of samples into better weights."""
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from core.errors import Problem
from core.registry import Registry
from core.train.events import Reason
from core.train.memory import Memory

if TYPE_CHECKING:
    from core.train.session import Session
    from core.train.slow import Recorder

RULES: Registry[type[Rule]] = Registry("training rule")


class Ending(NamedTuple):
    """Why a run ends before its last epoch."""

    reason: Reason
    summary: str


class Rule:
    """A way to learn. Made for one session; `begin_epoch`, then `step` for every batch of it, then `end_epoch`."""

    id: ClassVar[str]

    def __init_subclass__(cls) -> None:
        if "id" in vars(cls):
            RULES.add(cls.id, cls)

    def __init__(self, session: Session):
        self.session = session
        self.batches = 1

    def set_rate(self, rate: float) -> None:
        """Change the learning rate between two batches."""

    def begin_epoch(self) -> None:
        """Draw the order of the samples."""

    def step(self, batch: int) -> float:
        """Learn from one batch; its mean loss before the step."""
        raise NotImplementedError

    def slow_step(self, batch: int, recorder: Recorder) -> float:
        """As `step`, to the bit, and tells `recorder` what happens."""
        raise NotImplementedError

    def end_epoch(self) -> Ending | Problem | None:
        """What there is to say after an epoch: that training is over, a warning, or nothing."""
        return None

    def totals(self) -> tuple[float, float]:
        """Mean loss and share of right predictions of the present epoch so far, measured while learning."""
        raise NotImplementedError

    def gradient_norm(self) -> float:
        """The length of the gradient of the last batch, as the optimizer took it; NaN where there is none."""
        return math.nan

    def memory(self) -> Memory:
        """What this rule must remember between two batches so that a resumed run ends with the same bits: copies.

        All that `__init__` does not give back: the optimizer's slots and step number, the order of the samples of the
        present epoch, the running totals of `totals`, any generator of its own. Numbers that may be NaN or infinite
        go into arrays.
        """
        return Memory()

    def recall(self, memory: Memory) -> None:
        """Go on from what `memory` gave, in a rule that was just made for an equal session.

        Raises FormatError if it cannot be what `memory` gave; then the rule is of no further use.
        """

    def forget(self) -> None:
        """Let the optimizer begin anew: what it remembers led to a place that was left."""

    def go_on(self, old: Self, moves: Sequence[tuple[slice, slice]]) -> None:
        """Go on where `old` stands, the same rule in a session with an edited network, or with edited samples.

        `moves` says where in the flat vector of weights lies what is kept: there and here. Nothing is shared with it.
        """
