"""A generated table whose target is a weighted sum of some columns."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._names import numbered
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Float, Int


class MakeRegression(Dataset):
    """Standard normal columns; y is the sum of `informative` of them, each times a weight from 0 to 100, plus noise.

    Shapes: x (samples, features); y (samples, 1). The numbers depend on `random_state` alone, so that they are the
    same whatever the training's seed is.

    Source: scikit-learn's make_regression.
    """

    info = Info("make_regression", "Regression table", "A sum of useful columns among useless ones",
                category="Generated", keywords=("make_regression", "linear", "tabular", "synthetic", "random"))
    samples = Int(default=500, low=10, high=100_000, doc="How many rows.")
    features = Int(default=10, low=1, high=1000, doc="How many columns in all.")
    informative = Int(default=5, low=1, high=1000, doc="How many columns count in the sum.")
    noise = Float(default=10.0, low=0.0, high=1000.0, doc="Standard deviation of what is added to the sum.")
    random_state = Int(default=42, low=0, high=2**32 - 1, doc="Seed of the table, apart from training's.")

    def spec(self) -> DataSpec:
        if self.informative > self.features:
            raise DataError(Problem(
                "data.columns", f"{self.info.title}: {self.informative} informative columns do not fit into "
                f"{self.features} features.", param="features",
                hint=f"Set features to {self.informative} or more, or lower informative."))
        return DataSpec((self.features,), numbered(self.features), samples=self.samples, target_names=("y",))

    def load(self, seed: int) -> Samples:
        self.spec()
        from sklearn.datasets import make_regression

        x, y = make_regression(self.samples, self.features, n_informative=self.informative, noise=self.noise,
                               random_state=self.random_state)
        return Samples(x.astype(np.float32), y[:, None].astype(np.float32))
