"""A generated table whose columns differ in what they are worth."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._names import numbered
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Int

CLUSTERS = 2


class MakeClassification(Dataset):
    """Normal clusters around corners of a hypercube, two a class; the columns are shuffled.

    `informative` columns place the clusters, `redundant` ones are sums of those, all others are noise.

    Shapes: x (samples, features); y (samples,). The points depend on `random_state` alone, so that they are
    the same whatever the training's seed is.

    Source: scikit-learn's make_classification; Guyon 2003, Design of experiments for the NIPS 2003 benchmark.
    """

    info = Info("make_classification", "Classification table", "A table of useful and useless columns",
                category="Generated", keywords=("make_classification", "tabular", "synthetic", "random"))
    samples = Int(default=1000, low=10, high=100_000, doc="How many rows.")
    features = Int(default=20, low=1, high=1000, doc="How many columns in all.")
    informative = Int(default=15, low=1, high=1000, doc="How many columns tell the classes apart.")
    redundant = Int(default=5, low=0, high=1000, doc="How many columns are sums of informative ones.")
    classes = Int(default=2, low=2, high=10, doc="How many classes.")
    random_state = Int(default=42, low=0, high=2**32 - 1, doc="Seed of the table, apart from training's.")

    def spec(self) -> DataSpec:
        self._agree()
        return DataSpec((self.features,), numbered(self.features), tuple(map(str, range(self.classes))),
                        samples=self.samples)

    def load(self, seed: int) -> Samples:
        self._agree()
        from sklearn.datasets import make_classification

        x, y = make_classification(
            self.samples, self.features, n_informative=self.informative, n_redundant=self.redundant,
            n_classes=self.classes, n_clusters_per_class=CLUSTERS, random_state=self.random_state)
        return Samples(x.astype(np.float32), y.astype(np.intp))

    def _agree(self) -> None:
        title, needed = self.info.title, self.informative + self.redundant
        if needed > self.features:
            raise DataError(Problem(
                "data.columns", f"{title}: {self.informative} informative and {self.redundant} redundant "
                f"columns do not fit into {self.features} features.", param="features",
                hint=f"Set features to {needed} or more, or lower the other two."))
        clusters, corners = CLUSTERS * self.classes, 2**self.informative
        if clusters > corners:
            raise DataError(Problem(
                "data.clusters", f"{title}: {self.classes} classes need {clusters} clusters, but "
                f"{self.informative} informative columns give room for {corners}.", param="informative",
                hint=f"Set informative to {(clusters - 1).bit_length()} or more, or lower classes."))
