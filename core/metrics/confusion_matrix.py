"""Confusion matrix."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.metrics._base import Array, Judged, Metric


class ConfusionMatrix(Metric):
    """(k, k) whole numbers: how many samples of the class of a row are taken for the class of a column.

    Source: Kohavi & Provost 1998, Glossary of terms, Machine Learning 30.
    """

    info = Info("confusion_matrix", "Confusion matrix", "Which classes are taken for which",
                keywords=("error matrix", "contingency", "table"))
    task = "classification"
    single = False

    def compute(self, judged: Judged) -> Array:
        from sklearn.metrics import confusion_matrix

        counts: Array = confusion_matrix(judged.truth, judged.predicted, labels=np.arange(judged.scores.shape[1]))
        return counts
