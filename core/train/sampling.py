"""Which samples are looked at: the one that all views share, and the few that stand for a part."""
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.engine.tape import Tape
from core.statistics import evenly
from core.train.references import SampleRef

if TYPE_CHECKING:
    from core.train.session import Session

PARTS = ("train", "validation", "test")
LOOK = 128


def found(session: Session, ref: SampleRef) -> SampleRef:
    """The same sample, or where the data has no such one the nearest thing to it."""
    part = ref.part if ref.part in PARTS and len(getattr(session.parts, ref.part)) else "train"
    return SampleRef(part, ref.number % len(getattr(session.parts, part)))


def sample(session: Session, ref: SampleRef) -> Samples:
    """The sample alone: x (1, ...), y (1, ...)."""
    ref = found(session, ref)
    part: Samples = getattr(session.parts, ref.part)
    return part.take(np.array([ref.number]))


def look(session: Session, most: int = LOOK) -> Samples:
    """At most that many samples of the training part, evenly chosen; the same ones each time."""
    train = session.parts.train
    key = ("look", most)
    if key not in session.cache:
        session.cache[key] = train.take(evenly(len(train), most))
    samples: Samples = session.cache[key]
    return samples


def watched(session: Session, samples: Samples) -> Tape:
    """A pass over these samples with gradients, just run. The tape is kept for the next time: copy what is to last."""
    key = ("tape", len(samples))
    if key not in session.cache:
        session.cache[key] = Tape(session.network, len(samples), seed=session.training.seed)
    tape: Tape = session.cache[key]
    tape.fill(samples.x, session.network.targets(samples.y))
    tape.run()
    return tape
