"""What precision, recall and F1 share: one number for each class, brought together."""
from __future__ import annotations

import math
from typing import Any

from core.metrics._base import Judged, Metric
from core.params import Choice

AVERAGES = {
    "macro": "Mean over the classes",
    "weighted": "Mean over the classes, weighted by their samples",
    "micro": "Over all samples at once",
    "binary": "Of the second of two classes alone",
}


class Averaged(Metric):
    """A number of every class, averaged over the classes that occur among the samples or the predictions.

    Where it would divide by 0 (a class that is never predicted has no precision) it is 0, as scikit-learn has it by
    default. "binary" looks at the second class only, and is not defined for more than two classes.
    """

    task = "classification"
    average = Choice(default="macro", options=AVERAGES, doc="How the numbers of the classes become one.")

    def averaged(self, judged: Judged, score: Any) -> float:
        """What `score`, a function of scikit-learn, gives."""
        chosen: dict[str, Any] = {"average": self.average}
        if self.average == "binary":
            if judged.scores.shape[1] != 2:
                return math.nan
            chosen = {"average": "macro", "labels": [1]}
        return float(score(judged.truth, judged.predicted, zero_division=0.0, **chosen))
