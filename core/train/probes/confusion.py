"""Which classes are taken for which."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.judging import judged
from core.train.probes._base import NotApplicable, Probe
from core.train.sampling import Sizes

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """counts (k, k): how many samples of the class of a row were taken for the class of a column.

    `part` says which samples were judged, of those in `parts`; `total` how many it has, of which counts.sum() were
    judged, evenly chosen. `accuracy` is the share on the diagonal; `shares` (k, k) divides each row by its sum (its
    diagonal is the recall), `of_taken` each column by its sum (precision); 0 where a class has no samples.
    """

    counts: np.ndarray
    shares: np.ndarray
    of_taken: np.ndarray
    classes: tuple[str, ...]
    part: str
    parts: Sizes
    total: int
    accuracy: float


def compute(session: Session, part: str = "") -> Confusion | NotApplicable:
    """Judge a part: by default validation, or training if there is none."""
    spec = session.parts.spec
    if not session.network.goals[0].predicts:
        return NotApplicable("A confusion matrix needs a network that predicts classes; this one gives its input back "
                             "or judges whether samples are real.")
    if not spec.classification:
        title, what = session.parts.title, "yes or no to predict" if spec.multi_label else "numbers to predict"
        return NotApplicable(f"A confusion matrix needs classes; {title} has {what}. See Scores instead.")
    found = judged(session, part)
    assert found.said.best is not None
    k = len(spec.classes)
    counts = np.bincount(found.truth * k + found.said.best, minlength=k * k).reshape(k, k)
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    return Confusion(counts, counts / np.maximum(rows, 1), counts / np.maximum(columns, 1), spec.classes, found.part,
                     found.parts, found.total, float(counts.trace() / len(found.truth)))


PROBE = Probe("confusion", compute)
