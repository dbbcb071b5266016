"""What a run says. Frozen values, one union, no Qt: the window, the command line and the tests read the same."""
from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.errors import Problem
from core.train.request import Request

if TYPE_CHECKING:
    from core.train.told import SlowStep

Reason = Literal["done", "early", "stopped", "converged", "inseparable"]


@dataclass(frozen=True, slots=True)
class Started:
    """First, once. `epoch` and `step` are above 0 when a run goes on from where another ended."""

    run: int
    epoch: int
    step: int
    epochs: int
    batches: int
    parameters: int


@dataclass(frozen=True, slots=True)
class EpochDone:
    """An epoch ended. Losses are means over samples; what was not measured is NaN."""

    run: int
    epoch: int
    step: int
    loss: float
    score: float
    validation_loss: float
    validation_score: float
    learning_rate: float
    seconds: float
    gradient_norm: float = math.nan


@dataclass(frozen=True, slots=True)
class SoFar:
    """An epoch that is not over: what `share` of its batches is done, their mean loss and share of right predictions,
    measured while learning. `seconds` are those of training since the run began, as in EpochDone."""

    share: float
    loss: float
    score: float
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Answers to what panels asked for: copies, ready to draw. `share` of the run's time went into them.

    With `past` they are about that epoch and step, which somebody looks back at. `so_far` is of the epoch after
    `epoch`, if that has begun.
    """

    run: int
    epoch: int
    step: int
    answers: Mapping[Request, Any]
    share: float
    past: bool = False
    so_far: SoFar | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A step was done that somebody wants to see in slow motion."""

    run: int
    told: SlowStep


@dataclass(frozen=True, slots=True)
class Paused:
    """The run stands still between two batches; it still answers requests."""

    run: int
    epoch: int
    step: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The run goes on."""

    run: int
    epoch: int
    step: int


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that the user should know; training goes on. `trace` is empty unless it was an error of the program."""

    run: int
    problem: Problem
    trace: str = ""


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """All that is needed to go on from here is safe, in the file `name`."""

    run: int
    epoch: int
    step: int
    name: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Last, if nothing went wrong. `summary` is one sentence."""

    run: int
    epoch: int
    step: int
    reason: Reason
    summary: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Last, if something went wrong. `trace` is empty unless it was an error of the program."""

    run: int
    problem: Problem
    trace: str = ""


Event = Started | EpochDone | Snapshot | Explained | Paused | Resumed | Warned | CheckpointSaved | Finished | Failed
