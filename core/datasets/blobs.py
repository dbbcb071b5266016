"""Round clouds somewhere in space."""
from __future__ import annotations

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._names import numbered
from core.kinds import Info
from core.params import Float, Int

FARTHEST = 10.0


class Blobs(Dataset):
    """Normal clouds, one for each class, around centres that the seed draws evenly from -10 to 10 each way.

    Shapes: x (samples, features); y (samples,), in random order.

    Source: scikit-learn's make_blobs.
    """

    info = Info("blobs", "Blobs", "Round clouds around centres that the seed draws", category="Generated",
                keywords=("make_blobs", "clusters", "clouds", "gaussian", "isotropic", "multi-class"))
    samples = Int(default=500, low=2, high=100_000, doc="How many points, shared evenly by the classes.")
    classes = Int(default=3, low=2, high=10, doc="How many clouds, each a class of its own.")
    features = Int(default=2, low=1, high=100, doc="How many columns.")
    spread = Float(default=1.0, low=0.0, high=10.0, doc="Standard deviation of the clouds in each direction.")

    def spec(self) -> DataSpec:
        return DataSpec((self.features,), numbered(self.features), tuple(map(str, range(self.classes))),
                        samples=self.samples)

    def load(self, seed: int) -> Samples:
        rng = np.random.default_rng(seed)
        centres = rng.uniform(-FARTHEST, FARTHEST, (self.classes, self.features))
        y = rng.permutation(np.arange(self.samples) % self.classes)
        x = centres[y] + self.spread * rng.standard_normal((self.samples, self.features))
        return Samples(x.astype(np.float32), y.astype(np.intp))
