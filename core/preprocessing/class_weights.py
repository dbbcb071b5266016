"""Some classes count more than others."""
from __future__ import annotations

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import FloatTuple
from core.preprocessing._base import Step


class ClassWeights(Step):
    """What a sample adds to the loss is multiplied by the weight of its class.

    Balanced weights are n / (k count) for a class that occurs `count` times among the n samples of the training part,
    where k classes occur: then every class counts alike in all, and the weights of all samples have the mean 1. A class
    that does not occur has the weight 1. The weights act wherever the loss is computed, on the validation and the
    test part too, so that its losses can be compared.
    Source: King & Zeng 2001, Logistic regression in rare events data; scikit-learn's class_weight="balanced".
    """

    info = Info("class_weights", "Class weights", "Rare classes count more", "Training", "step-balance",
                keywords=("balance", "imbalanced", "rare", "class_weight", "weight"))
    stage = "training"
    weights = FloatTuple(default=(), longest=1000, special="balanced",
                         doc="How much each class counts, in the order of the classes; none given means balanced.")

    def problems(self, *, classes: int, pictures: bool) -> tuple[Problem, ...]:
        if not classes:
            return (Problem("steps.classes", f"{self.info.title}: the data has numbers to predict, not classes.",
                            param="steps", hint="Remove this step, or choose a target with classes."),)
        if len(self.weights) not in (0, classes):
            return (Problem("steps.weights", f"{self.info.title}: needs {classes:,} weights, one for each class, but "
                            f"has {len(self.weights):,}.", param="steps",
                            hint=f"Give {classes:,} numbers, or none for balanced weights."),)
        return ()

    @property
    def weighs(self) -> bool:
        return True

    def class_weights(self, counts: np.ndarray) -> tuple[float, ...]:
        for problem in self.problems(classes=len(counts), pictures=False):
            raise DataError(problem)
        if self.weights:
            return self.weights
        there = counts > 0
        share = counts.sum() / (max(1, there.sum()) * np.maximum(counts, 1))
        return tuple(np.where(there, share, 1.0).tolist())
