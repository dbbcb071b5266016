"""What a probe is: it looks at a session between two batches and gives copies that are ready to draw."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.registry import Registry
from core.train.request import Request

if TYPE_CHECKING:
    from core.train.session import Session

PROBES: Registry[Probe] = Registry("probe")


@dataclass(frozen=True)
class Probe:
    """A question by name.

    `compute(session, **arguments)` leaves the session as it is and gives nothing of it that training changes.
    It gives `NotApplicable` where the question makes no sense.
    """

    id: str
    compute: Callable[..., Any]

    def __post_init__(self) -> None:
        PROBES.add(self.id, self)


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The answer of a probe that has nothing to show. `reason` says why, and what would have something."""

    reason: str


def answer(session: Session, request: Request) -> Any:
    """What the probe that `request` names says about `session`. Raises KeyError for an unknown probe."""
    return PROBES[request.probe].compute(session, **dict(request.arguments))
