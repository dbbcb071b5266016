"""What the network says about the samples of a part, beside what is true: once a look for all who ask."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.statistics import evenly
from core.train.cached import once, while_weights_stay
from core.train.effort import affordable
from core.train.prediction import Prediction, read
from core.train.sampling import Sizes, part_of, sizes

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Predictions for samples of a part.

    `part` is the one that was judged, and `parts` names all that have samples, with how many; of large ones an even
    choice is judged, `numbers` (n,) their numbers in the part. `truth` is (n,) class numbers, or (n, k) numbers in the
    data's own units.
    """

    part: str
    parts: Sizes
    numbers: np.ndarray
    truth: np.ndarray
    said: Prediction

    @property
    def total(self) -> int:
        """How many samples the part has."""
        return dict(self.parts)[self.part]


def judged(session: Session, part: str = "") -> Judgement:
    """Judge a part; where it has no samples, or none is named, the validation part, else the training part.

    The same object as long as the weights stay: nobody changes it.
    """
    chosen = part_of(session, part)
    return while_weights_stay(session, ("judgement", chosen), lambda: _judge(session, chosen))


def _judge(session: Session, part: str) -> Judgement:
    numbers, samples = few(session, part)
    said = read(session, session.network.predict(samples.x))
    truth = samples.y if session.parts.spec.classification else session.parts.own(samples.y)
    return Judgement(part, sizes(session), numbers, truth, said)


def few(session: Session, part: str) -> tuple[np.ndarray, Samples]:
    """The samples of a part that all views judge, evenly chosen, and their numbers (n,) in it."""
    return once(session, ("few", part), lambda: _few(session, part))


def _few(session: Session, part: str) -> tuple[np.ndarray, Samples]:
    samples: Samples = getattr(session.parts, part)
    numbers = evenly(len(samples), affordable(session))
    return numbers, samples if len(numbers) == len(samples) else samples.take(numbers)
