"""Mean absolute error."""
from __future__ import annotations

from core.kinds import Info
from core.metrics._base import Judged, Metric


class MeanAbsoluteError(Metric):
    """mean(|predicted - truth|) over samples and targets, in the unit of the targets.

    Source: Willmott & Matsuura 2005, Advantages of the mean absolute error over the root mean square error.
    """

    info = Info("mae", "Mean absolute error", "How far off a prediction is", keywords=("l1", "absolute deviation"))
    task = "regression"

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import mean_absolute_error

        return float(mean_absolute_error(judged.truth, judged.predicted))
