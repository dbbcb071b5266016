"""What a metric is: a number that tells people how good predictions are. Nothing is trained by it."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from core.kinds import Catalogued
from core.registry import Registry

Array = np.ndarray[Any, Any]
Task = Literal["classification", "regression"]

METRICS: Registry[type[Metric]] = Registry("metric")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was predicted of n samples, beside what is true.

    Classes: truth (n,) and predicted (n,) class numbers, and scores (n, k), larger where a class is surer.
    Numbers: truth (n, k) and predicted (n, k); scores are the same as predicted.
    """

    truth: Array
    predicted: Array
    scores: Array


class Metric(Catalogued):
    """A way to judge predictions, for one task. scikit-learn computes it; it is imported when first needed.

    `single` is False where the result is a table instead of one number.
    """

    catalogue: ClassVar[Registry[type[Metric]]] = METRICS
    task: ClassVar[Task]
    single: ClassVar[bool] = True

    @property
    def key(self) -> str:
        """What the number is called in results."""
        return self.info.kind

    def suits(self, classes: int) -> bool:
        """True if it says something about that many classes (0 where numbers are predicted)."""
        return (classes > 0) == (self.task == "classification")

    def measure(self, judged: Judged) -> Any:
        """The number, or NaN where it is not defined: without samples, or where predictions are not finite."""
        return self.compute(judged) if len(judged.truth) and np.isfinite(judged.scores).all() else math.nan

    def compute(self, judged: Judged) -> Any:
        """The number for at least one sample and finite predictions; NaN where it is not defined."""
        raise NotImplementedError
