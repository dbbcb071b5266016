"""Coefficient of determination."""
from __future__ import annotations

import math

from core.kinds import Info
from core.metrics._base import Judged, Metric


class R2(Metric):
    """1 - sum((predicted - truth)^2) / sum((truth - mean)^2), the mean of several targets.

    1 where every prediction is right, 0 where they are as good as the mean of the truth, below 0 where worse. Not
    defined where a target is always the same, as with a single sample; scikit-learn gives 1 or 0 there.
    Source: Wright 1921, Correlation and causation.
    """

    info = Info("r2", "R²", "Share of the variation that the predictions explain",
                keywords=("r squared", "determination", "explained variance"))
    task = "regression"

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import r2_score

        if (judged.truth == judged.truth[0]).all(axis=0).any():
            return math.nan
        return float(r2_score(judged.truth, judged.predicted))
