"""Which samples are looked at: the one that all views share, and the few that stand for a part."""
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.engine.tape import Tape
from core.preprocessing import Column, Columns, ColumnSpec
from core.statistics import evenly
from core.train.cached import once
from core.train.references import SampleRef

if TYPE_CHECKING:
    from core.train.session import Session

PARTS = ("train", "validation", "test")
LOOK = 128
Sizes = tuple[tuple[str, int], ...]


def sizes(session: Session) -> Sizes:
    """The parts that have samples, with how many."""
    return tuple((name, len(getattr(session.parts, name))) for name in PARTS if len(getattr(session.parts, name)))


def part_of(session: Session, part: str = "") -> str:
    """That part; where it has no samples, or none is named, the one to look at first: samples that were not learned
    from, if there are any."""
    known = dict(sizes(session))
    return part if part in known else "validation" if "validation" in known else "train"


def raw_columns(session: Session, part: str) -> Columns:
    """The input columns of a part as the data give them."""
    parts = session.parts
    if parts.raw is not None:
        return parts.raw[PARTS.index(part)]
    samples: Samples = getattr(parts, part)
    spec: ColumnSpec = parts.chain.inputs[0]
    return (Column(spec, samples.x.reshape(len(samples), *spec.shape)),)


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
    return once(session, ("look", most), lambda: train.take(evenly(len(train), most)))


def watched(session: Session, samples: Samples) -> Tape:
    """A pass over these samples with gradients, just run. The tape is kept for the next time: copy what is to last."""
    n, seed = len(samples), session.training.seed
    tape = once(session, ("tape", n), lambda: Tape(session.network, n, seed=seed))
    tape.fill(samples.x, session.network.targets(samples.y))
    tape.run()
    return tape
