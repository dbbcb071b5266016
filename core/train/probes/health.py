"""What is not well in a network."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import Problem
from core.train.health import examined
from core.train.probes._base import Probe

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True)
class Health:
    """Findings, at most one for each node, in the order of the network; each names its node and what to try."""

    step: int
    findings: tuple[Problem, ...]


def compute(session: Session) -> Health:
    """Look at a few samples; rules that learn without a gradient have no illness of it."""
    return Health(session.seen.step, examined(session) if session.training.rule != "perceptron" else ())


PROBE = Probe("health", compute)
