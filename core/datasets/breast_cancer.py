"""Tumours seen through a microscope, measured."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info

MEASURES = ("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points",
            "symmetry", "fractal dimension")
FEATURES = tuple(f"mean {measure}" for measure in MEASURES) + tuple(f"{measure} error" for measure in MEASURES) \
    + tuple(f"worst {measure}" for measure in MEASURES)


class BreastCancer(Dataset):
    """569 tumours, 212 malignant and 357 benign: mean, standard error and worst of ten measures of cell nuclei.

    Shapes: x (569, 30); y (569,). The copy that comes with scikit-learn.

    Source: Street, Wolberg & Mangasarian 1993, Nuclear feature extraction for breast tumor diagnosis.
    """

    info = Info("breast_cancer", "Breast cancer", "569 tumours, malignant or benign, measured",
                category="Classics", keywords=("wisconsin", "diagnosis", "medicine", "tumour", "tumor", "tabular"))

    def spec(self) -> DataSpec:
        return DataSpec((30,), FEATURES, ("malignant", "benign"), samples=569, target_names=("diagnosis",))

    def load(self, seed: int) -> Samples:
        from sklearn.datasets import load_breast_cancer

        x, y = load_breast_cancer(return_X_y=True)
        return Samples(x.astype(np.float32), y.astype(np.intp))
