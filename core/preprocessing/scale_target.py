"""Numbers to predict on another scale."""
from __future__ import annotations

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Bool, Choice
from core.preprocessing._base import Step, Target
from core.preprocessing._statistics import extremes, moments

METHODS = {"standardise": "Mean 0, deviation 1", "min_max": "From 0 to 1", "none": "As it is"}


class ScaleTarget(Step):
    """Numbers to predict are scaled for training, by what the training part shows; predictions are taken back.

    The loss is that of the scaled numbers; metrics and predictions are in the data's own units. With `logarithm`,
    log(1 + y) is scaled, which takes no number of -1 or less. A target that never changes is shifted to 0.
    Source: scikit-learn's TransformedTargetRegressor.
    """

    info = Info("scale_target", "Scale target", "Numbers to predict on a scale that is easy to learn", "Training",
                "step-target", keywords=("y", "regression", "normalise", "TransformedTargetRegressor", "output"))
    stage = "target"
    method = Choice(default="standardise", options=METHODS, label="To", doc="The scale to train on.")
    logarithm = Bool(default=False, doc="Take log(1 + y) first: for amounts of which a few are very large.")

    def problems(self, *, classes: int, pictures: bool) -> tuple[Problem, ...]:
        if not classes:
            return ()
        return (Problem("steps.numbers", f"{self.info.title}: the data has classes, not numbers to predict.",
                        param="steps", hint="Remove this step, or choose a target with numbers."),)

    def fit_target(self, y: np.ndarray) -> Target:
        if self.logarithm:
            if (low := float(y.min())) <= -1.0:
                raise DataError(Problem("steps.negative", f"{self.info.title}: a target is {low:g}, but 1 + y must be "
                                        "above 0.", param="steps", hint="Turn off Logarithm for this step."))
            y = np.log1p(y.astype(np.float64))
        shift, scale = self._measured(y)
        return Target(shift, scale, self.logarithm)

    def _measured(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low, high = extremes(y)
        if self.method == "none":
            return np.zeros_like(low), np.ones_like(low)
        shift, scale = moments(y) if self.method == "standardise" else (low, high - low)
        constant = (low == high) | (scale == 0)
        return np.where(constant, low, shift), np.where(constant, 1.0, scale)
