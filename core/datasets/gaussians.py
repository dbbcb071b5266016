"""Two round clouds."""
from __future__ import annotations

import numpy as np

from core.datasets._plane import Plane
from core.kinds import Info
from core.params import Float

CENTRE = 2.0


class Gaussians(Plane):
    """Normal clouds around (-2, -2), class 0, and (2, 2), class 1; variance 0.5 + 7 * noise each way.

    Source: TensorFlow Playground, the set "gauss".
    """

    info = Info("gaussians", "Gaussians", "Two round clouds that noise lets overlap", category="Plane",
                keywords=("gauss", "blobs", "clouds", "normal", "clusters", "playground"))
    noise = Float(default=0.0, low=0.0, high=0.5, doc="Widens the clouds from variance 0.5 to 4.")

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        labels = self.labels()
        centres = np.where(labels == 1, CENTRE, -CENTRE)[:, None]
        deviation = np.sqrt(0.5 + 7.0 * self.noise)
        return centres + deviation * rng.standard_normal((self.samples, 2)), labels
