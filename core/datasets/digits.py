"""Small pictures of handwritten digits."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.kinds import Info

SIDE = 8
WHITE = 16.0


class Digits(Dataset):
    """1,797 grey pictures of 8 x 8 pixels, row by row, from 0 to 1.

    Shapes: x (1797, 64); y (1797,). The copy that comes with scikit-learn, divided by 16.

    Source: Alpaydin & Kaynak 1998, Optical recognition of handwritten digits, UCI.
    """

    centred = 1.0
    info = Info("digits", "Digits 8×8", "1,797 small pictures of handwritten digits", category="Classics",
                keywords=("handwriting", "numbers", "pictures", "images", "optical recognition"))

    def spec(self) -> DataSpec:
        return DataSpec((SIDE * SIDE,), classes=tuple("0123456789"), picture=(SIDE, SIDE), samples=1797)

    def load(self, seed: int) -> Samples:
        from sklearn.datasets import load_digits

        x, y = load_digits(return_X_y=True)
        return Samples((x / WHITE).astype(np.float32), y.astype(np.intp))
