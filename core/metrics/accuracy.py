"""Accuracy."""
from __future__ import annotations

from core.kinds import Info
from core.metrics._base import Judged, Metric


class Accuracy(Metric):
    """The share of samples whose class is predicted: from 0 to 1.

    Source: Sokolova & Lapalme 2009, A systematic analysis of performance measures for classification tasks.
    """

    info = Info("accuracy", "Accuracy", "Share of samples whose class is right", keywords=("hit rate", "score"))
    task = "classification"

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import accuracy_score

        return float(accuracy_score(judged.truth, judged.predicted))
