"""Measured flowers of three species."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info


class Iris(Dataset):
    """150 iris flowers, 50 of each species; lengths and widths in centimetres.

    Shapes: x (150, 4); y (150,). The copy that comes with scikit-learn.

    Source: Fisher 1936, The use of multiple measurements in taxonomic problems.
    """

    info = Info("iris", "Iris", "Four measurements of 150 flowers of three species", category="Classics",
                keywords=("flowers", "fisher", "petal", "sepal", "tabular"))

    def spec(self) -> DataSpec:
        features = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
        return DataSpec((4,), features, ("setosa", "versicolor", "virginica"), samples=150,
                        target_names=("species",))

    def load(self, seed: int) -> Samples:
        from sklearn.datasets import load_iris

        x, y = load_iris(return_X_y=True)
        return Samples(x.astype(np.float32), y.astype(np.intp))
