"""Fixes for training that went wrong: what makes its steps smaller."""
from __future__ import annotations

import math
from collections.abc import Iterator

from core.graph import edits
from core.graph.fixes._base import Case, Fix, mends

# What makes training diverge; a fix of one of them lets it go on.
DIVERGED = ("train.not_finite", "train.diverged", "train.exploding")
# No rate above this is worth a try after one that was too high.
HIGHEST = 1.0
CLIP = 1.0


@mends("train.exploding")
def clip(case: Case) -> Iterator[Fix]:
    """Bound the length of the gradient. Source: Pascanu et al. 2012, arXiv:1211.5063."""
    if not 0.0 < float(case.doc.training["clip_norm"]) <= CLIP:
        yield _training(f"Clip the gradient to {CLIP:g} and continue", clip_norm=CLIP)


@mends(*DIVERGED)
def slower(case: Case) -> Iterator[Fix]:
    """A lower learning rate: the one with which it has learned, if there was one."""
    rate = lower(float(case.doc.training["learning_rate"]))
    if case.problem.value is not None:
        rate = min(rate, case.problem.value)
    yield _training(f"Continue with learning rate {rate:g}", learning_rate=rate)


def lower(rate: float) -> float:
    """The next of 1, 0.3, 0.1, 0.03 and so on that is at most 0.6 of `rate`: about a third of it."""
    if rate <= 0.0:
        return 0.0
    most = min(HIGHEST, 0.6 * rate) * (1.0 + 1e-9)
    power = math.floor(math.log10(most))
    return float(f"{3 if most >= 3 * 10.0**power else 1}e{power}")


def _training(label: str, **values: float) -> Fix:
    return Fix(label, lambda doc: edits.set_training(doc, values))
