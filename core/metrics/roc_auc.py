"""Area under the ROC curve."""
from __future__ import annotations

import math

import numpy as np

from core.kinds import Info
from core.metrics._base import Judged, Metric


class RocAuc(Metric):
    """How often a sample of a class is surer of it than one of another class is: from 0 to 1, by chance 0.5.

    Two classes: of the second against the first. More: of each class against the rest, as a mean over the classes
    that occur. Only the order of the scores counts. Not defined where a single class occurs.
    Source: Hanley & McNeil 1982, The meaning and use of the area under a receiver operating characteristic curve.
    """

    info = Info("roc_auc", "ROC-AUC", "Area under the receiver operating characteristic",
                keywords=("auroc", "area under curve", "roc"))
    task = "classification"

    def suits(self, classes: int) -> bool:
        return classes > 1

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import roc_auc_score

        occurring = np.unique(judged.truth)
        if len(occurring) < 2:
            return math.nan
        judging = occurring if judged.scores.shape[1] > 2 else [1]
        return float(np.mean([roc_auc_score(judged.truth == c, judged.scores[:, c]) for c in judging]))
