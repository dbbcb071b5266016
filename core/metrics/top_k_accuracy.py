"""Top-k accuracy."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.metrics._base import Judged, Metric
from core.params import Int


class TopKAccuracy(Metric):
    """The share of samples whose class is among the k with the largest scores: from 0 to 1.

    Of equal scores the later class counts as larger, as in scikit-learn. With k classes or fewer it is 1.
    Source: Russakovsky et al. 2015, ImageNet large scale visual recognition challenge, arXiv:1409.0575.
    """

    info = Info("top_k_accuracy", "Top-k accuracy", "Share of samples whose class is among the k surest",
                keywords=("top-5", "topk", "top 5"))
    task = "classification"
    k = Int(default=5, low=1, high=10_000, label="k", doc="How many of the surest classes count.")

    @property
    def key(self) -> str:
        return f"top_{self.k}_accuracy"

    def suits(self, classes: int) -> bool:
        return classes > self.k

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import accuracy_score, top_k_accuracy_score

        classes = judged.scores.shape[1]
        if self.k >= classes:
            return 1.0
        if self.k == 1:
            return float(accuracy_score(judged.truth, judged.predicted))
        return float(top_k_accuracy_score(judged.truth, judged.scores, k=self.k, labels=np.arange(classes)))
