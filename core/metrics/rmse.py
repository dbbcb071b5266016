"""Root mean squared error."""
from __future__ import annotations

from core.kinds import Info
from core.metrics._base import Judged, Metric


class RootMeanSquaredError(Metric):
    """sqrt(mean((predicted - truth)^2)) over the samples, in the unit of the targets; the mean of several targets.

    Source: Chai & Draxler 2014, Root mean square error (RMSE) or mean absolute error (MAE)?
    """

    info = Info("rmse", "Root mean squared error", "How far off a prediction is, large errors counting more",
                keywords=("rms", "l2", "standard error"))
    task = "regression"

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import root_mean_squared_error

        return float(root_mean_squared_error(judged.truth, judged.predicted))
