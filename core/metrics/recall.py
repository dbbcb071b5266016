"""Recall."""
from __future__ import annotations

from core.kinds import Info
from core.metrics._averaged import Averaged
from core.metrics._base import Judged


class Recall(Averaged):
    """Of the samples that belong to a class, the share that is taken for it: from 0 to 1. See `Averaged`.

    Source: Sokolova & Lapalme 2009, A systematic analysis of performance measures for classification tasks.
    """

    info = Info("recall", "Recall", "How many of those that belong to a class are found",
                keywords=("sensitivity", "true positive rate", "tpr", "hit rate"))

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import recall_score

        return self.averaged(judged, recall_score)
