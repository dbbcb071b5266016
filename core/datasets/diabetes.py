"""How far a disease has gone after a year."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info

FEATURES = ("age", "sex", "body mass index", "blood pressure", "total cholesterol", "low-density lipoproteins",
            "high-density lipoproteins", "cholesterol ratio", "log triglycerides", "blood sugar")


class Diabetes(Dataset):
    """442 patients in their own units, and a measure from 25 to 346 of how far the disease went within a year.

    Shapes: x (442, 10); y (442, 1). The copy that comes with scikit-learn, not scaled.

    Source: Efron, Hastie, Johnstone & Tibshirani 2004, Least angle regression.
    """

    info = Info("diabetes", "Diabetes", "How far a disease went in 442 patients within a year",
                category="Classics", keywords=("regression", "medicine", "progression", "efron", "tabular"))

    def spec(self) -> DataSpec:
        return DataSpec((10,), FEATURES, samples=442, target_names=("progression",))

    def load(self, seed: int) -> Samples:
        from sklearn.datasets import load_diabetes

        x, y = load_diabetes(return_X_y=True, scaled=False)
        return Samples(x.astype(np.float32), y[:, None].astype(np.float32))
