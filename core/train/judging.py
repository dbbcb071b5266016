"""What the network says about the samples of a part, beside what is true: once a look for all who ask."""
from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.statistics import evenly
from core.train.prediction import Prediction, read

if TYPE_CHECKING:
    from core.train.session import Session

PARTS = ("train", "validation", "test")
LIMIT = 5000
Sizes = tuple[tuple[str, int], ...]


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
    network = session.network
    sizes = tuple((name, len(getattr(session.parts, name))) for name in PARTS if len(getattr(session.parts, name)))
    chosen = part if part in dict(sizes) else "validation" if len(session.parts.validation) else "train"
    # Not by the step: somebody may look back at weights of the past.
    state = zlib.crc32(network.weights.flat.data), zlib.crc32(network.state.flat.data)
    known: dict[str, tuple[tuple[int, int], Judgement]] = session.cache.setdefault("judgements", {})
    if chosen not in known or known[chosen][0] != state:
        numbers, samples = _few(session, chosen)
        said = read(session, network.predict(samples.x))
        truth = samples.y if session.parts.spec.classification else session.parts.own(samples.y)
        known[chosen] = state, Judgement(chosen, sizes, numbers, truth, said)
    return known[chosen][1]


def _few(session: Session, part: str) -> tuple[np.ndarray, Samples]:
    key = ("judged", part)
    if key not in session.cache:
        samples: Samples = getattr(session.parts, part)
        numbers = evenly(len(samples), LIMIT)
        session.cache[key] = numbers, samples.take(numbers)
    found: tuple[np.ndarray, Samples] = session.cache[key]
    return found
