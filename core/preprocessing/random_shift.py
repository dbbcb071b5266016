"""Pictures moved a little."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.params import Float
from core.preprocessing._random import Augmentation


class RandomShift(Augmentation):
    """Every picture is moved by whole pixels, as far as chosen in both directions; its border is drawn out.

    Shapes: (n, height, width, channels) -> the same.
    Source: LeCun et al. 1998, Gradient-based learning applied to document recognition, section III.
    """

    info = Info("random_shift", "Random shift", "Training pictures moved a little", "Augment", "step-shift",
                keywords=("augmentation", "translate", "RandomTranslation", "move"))
    across = Float(default=0.1, low=0.0, high=1.0, unit="share", doc="How far to the side, as a share of the width.")
    down = Float(default=0.1, low=0.0, high=1.0, unit="share", doc="How far up or down, as a share of the height.")

    @property
    def augments(self) -> bool:
        return bool(self.across or self.down)

    def augment(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        n, h, w, _ = x.shape
        down, across = _steps(rng, n, self.down * h), _steps(rng, n, self.across * w)
        rows = np.clip(np.arange(h) - down, 0, h - 1)
        columns = np.clip(np.arange(w) - across, 0, w - 1)
        return np.asarray(x[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]])


def _steps(rng: np.random.Generator, n: int, most: float) -> np.ndarray:
    """Whole numbers (n, 1) from -most to most."""
    return rng.integers(-round(most), round(most), (n, 1), endpoint=True)
