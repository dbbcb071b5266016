"""Precision."""
from __future__ import annotations

from core.kinds import Info
from core.metrics._averaged import Averaged
from core.metrics._base import Judged


class Precision(Averaged):
    """Of the samples that are taken for a class, the share that belongs to it: from 0 to 1. See `Averaged`.

    Source: Sokolova & Lapalme 2009, A systematic analysis of performance measures for classification tasks.
    """

    info = Info("precision", "Precision", "How many of those taken for a class belong to it",
                keywords=("positive predictive value", "ppv"))

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import precision_score

        return self.averaged(judged, precision_score)
