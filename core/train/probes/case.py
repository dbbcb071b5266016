"""All that the network says about one sample of the data."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.train.prediction import Prediction, read
from core.train.probes._base import Probe
from core.train.references import SampleRef
from core.train.sampling import found, sample

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """The prediction for sample `ref` alone, and its loss."""

    ref: SampleRef
    prediction: Prediction
    loss: float


def compute(session: Session, part: str = "train", number: int = 0) -> Case:
    """Look at one sample."""
    ref = SampleRef(part, number)
    output, losses = session.network.judge(sample(session, ref))
    return Case(found(session, ref), read(session, output), float(losses[0]))


PROBE = Probe("case", compute)
