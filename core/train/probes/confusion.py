"""Which classes are taken for which."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.metrics import predicted
from core.statistics import evenly
from core.train.probes._base import NotApplicable, Probe

if TYPE_CHECKING:
    from core.train.session import Session

LIMIT = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """counts (k, k): how many samples of the class of a row were taken for the class of a column.

    `part` says which samples were judged, "validation" or "train"; `total` how many it has, of which
    counts.sum() were judged, evenly chosen. `accuracy` is the share on the diagonal; `shares` (k, k) divides
    each row by its sum and is 0 where a class has no samples.
    """

    counts: np.ndarray
    shares: np.ndarray
    classes: tuple[str, ...]
    part: str
    total: int
    accuracy: float


def compute(session: Session) -> Confusion | NotApplicable:
    """Judge the validation part, or the training part if there is none."""
    spec = session.parts.spec
    if not spec.classification:
        title = session.parts.title
        return NotApplicable(f"A confusion matrix needs classes; {title} has numbers to predict.")
    if not session.network.goals[0].predicts:
        return NotApplicable("A confusion matrix needs a network that predicts classes; this one gives its input back "
                             "or judges whether samples are real.")
    if "confusion" not in session.cache:
        session.cache["confusion"] = _judged(session)
    part, total, samples = session.cache["confusion"]
    k = len(spec.classes)
    output = session.network.predict(samples.x).reshape(len(samples), -1)
    counts = np.bincount(samples.y * k + predicted(output), minlength=k * k).reshape(k, k)
    rows = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(rows, 1)
    return Confusion(counts, shares, spec.classes, part, total, float(counts.trace() / len(samples)))


def _judged(session: Session) -> tuple[str, int, Samples]:
    part = "validation" if len(session.parts.validation) else "train"
    samples: Samples = getattr(session.parts, part)
    return part, len(samples), samples.take(evenly(len(samples), LIMIT))


PROBE = Probe("confusion", compute)
