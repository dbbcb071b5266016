"""Pictures in the mirror."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.params import Bool
from core.preprocessing._random import Augmentation


class RandomFlip(Augmentation):
    """Every second picture is mirrored, by chance: for things that look alike from both sides, not for letters.

    Shapes: (n, height, width, channels) -> the same.
    Source: Krizhevsky, Sutskever & Hinton 2012, ImageNet classification with deep convolutional neural networks, 4.1.
    """

    info = Info("random_flip", "Random flip", "Training pictures mirrored by chance", "Augment", "step-flip",
                keywords=("augmentation", "mirror", "horizontal", "vertical", "RandomFlip"))
    across = Bool(default=True, label="Left and right", doc="Exchange left and right.")
    down = Bool(default=False, label="Top and bottom", doc="Exchange top and bottom.")

    @property
    def augments(self) -> bool:
        return self.across or self.down

    def augment(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        x = x.copy()
        for axis, wanted in ((2, self.across), (1, self.down)):
            if wanted:
                chosen = np.flatnonzero(rng.random(len(x)) < 0.5)
                x[chosen] = np.flip(x[chosen], axis)
        return x
