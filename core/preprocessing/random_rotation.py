"""Pictures turned a little."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.params import Float
from core.preprocessing._random import Augmentation, centred, sample


class RandomRotation(Augmentation):
    """Every picture is turned about its middle, as far as chosen to either side; its border is drawn out.

    Shapes: (n, height, width, channels) -> the same, looked up bilinearly.
    Source: Simard, Steinkraus & Platt 2003, Best practices for convolutional neural networks.
    """

    info = Info("random_rotation", "Random rotation", "Training pictures turned a little", "Augment", "step-turn",
                keywords=("augmentation", "rotate", "turn", "tilt", "RandomRotation"))
    degrees = Float(default=10.0, low=0.0, high=180.0, unit="degrees", doc="How far it is turned at most.")

    @property
    def augments(self) -> bool:
        return self.degrees > 0.0

    def augment(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        n, h, w, _ = x.shape
        angle = np.deg2rad(rng.uniform(-self.degrees, self.degrees, (n, 1, 1)))
        rows, columns = centred(h, w)
        sine, cosine = np.sin(angle), np.cos(angle)
        return sample(x, rows * cosine - columns * sine + (h - 1) / 2.0, rows * sine + columns * cosine + (w - 1) / 2.0)
