"""Pictures a little larger or smaller."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.params import Float
from core.preprocessing._random import Augmentation, centred, sample


class RandomZoom(Augmentation):
    """Every picture becomes larger or smaller about its middle, as far as chosen; its border is drawn out.

    Shapes: (n, height, width, channels) -> the same, looked up bilinearly.
    Source: Simonyan & Zisserman 2015, Very deep convolutional networks (scale jittering), arXiv:1409.1556.
    """

    info = Info("random_zoom", "Random zoom", "Training pictures a little larger or smaller", "Augment",
                "step-zoom", keywords=("augmentation", "scale", "size", "RandomZoom"))
    share = Float(default=0.1, low=0.0, high=0.9, unit="share", label="By", doc="How much its size changes at most.")

    @property
    def augments(self) -> bool:
        return self.share > 0.0

    def augment(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        n, h, w, _ = x.shape
        size = 1.0 + rng.uniform(-self.share, self.share, (n, 1, 1))
        rows, columns = centred(h, w)
        every = np.ones((1, h, w))
        return sample(x, every * rows / size + (h - 1) / 2.0, every * columns / size + (w - 1) / 2.0)
