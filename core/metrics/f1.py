"""F1."""
from __future__ import annotations

from core.kinds import Info
from core.metrics._averaged import Averaged
from core.metrics._base import Judged


class F1(Averaged):
    """2 * precision * recall / (precision + recall) of a class: from 0 to 1. See `Averaged`.

    Source: van Rijsbergen 1979, Information Retrieval, chapter 7.
    """

    info = Info("f1", "F1", "Precision and recall in one number", keywords=("f-score", "f-measure", "dice"))

    def compute(self, judged: Judged) -> float:
        from sklearn.metrics import f1_score

        return self.averaged(judged, f1_score)
