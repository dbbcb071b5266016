"""Wines of three growers, analysed."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info

FEATURES = ("alcohol", "malic acid", "ash", "alkalinity of ash", "magnesium", "total phenols", "flavanoids",
            "nonflavanoid phenols", "proanthocyanins", "colour intensity", "hue", "OD280/OD315", "proline")


class Wine(Dataset):
    """178 wines of one region in Italy: 59, 71 and 48 of three cultivars. The columns differ widely in range.

    Shapes: x (178, 13); y (178,). The copy that comes with scikit-learn.

    Source: Forina et al. 1988, PARVUS; Aeberhard & Forina 1992, Wine, UCI.
    """

    info = Info("wine", "Wine", "178 wines of three cultivars, analysed", category="Classics",
                keywords=("cultivar", "chemistry", "alcohol", "forina", "tabular"))

    def spec(self) -> DataSpec:
        return DataSpec((13,), FEATURES, ("cultivar 1", "cultivar 2", "cultivar 3"), samples=178,
                        target_names=("cultivar",))

    def load(self, seed: int) -> Samples:
        from sklearn.datasets import load_wine

        x, y = load_wine(return_X_y=True)
        return Samples(x.astype(np.float32), y.astype(np.intp))
