"""What the steps share that change the samples of a training batch at random."""
from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.errors import Problem
from core.preprocessing._base import Step


class Augmentation(Step):
    """Changes training batches at random, each time anew; `pictures` says that it takes nothing else."""

    stage = "training"
    pictures: ClassVar[bool] = True

    def problems(self, *, classes: int, pictures: bool) -> tuple[Problem, ...]:
        if pictures or not self.pictures:
            return ()
        return (Problem("steps.pictures", f"{self.info.title}: the samples are no pictures.", param="steps",
                        hint="Remove this step, or choose data with pictures."),)


def sample(x: np.ndarray, rows: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Pictures x (n, h, w, c) looked up at rows and columns (n, h, w) between pixels, bilinearly.

    Beyond the border, the pixel at the border is taken.
    """
    n, h, w, _ = x.shape
    rows, across = np.clip(rows, 0.0, h - 1.0), np.clip(across, 0.0, w - 1.0)
    top, left = rows.astype(np.intp), across.astype(np.intp)
    down, right = (rows - top).astype(x.dtype)[..., None], (across - left).astype(x.dtype)[..., None]
    below, beside = np.minimum(top + 1, h - 1), np.minimum(left + 1, w - 1)
    flat, start = x.reshape(n * h * w, -1), (np.arange(n) * (h * w))[:, None, None]
    top, below = top * w + start, below * w + start
    upper = flat[top + left] * (1 - right) + flat[top + beside] * right
    lower = flat[below + left] * (1 - right) + flat[below + beside] * right
    return np.asarray(upper * (1 - down) + lower * down, x.dtype)


def centred(h: int, w: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of every pixel (h, 1), (1, w), counted from the middle."""
    return np.arange(h)[:, None] - (h - 1) / 2.0, np.arange(w)[None, :] - (w - 1) / 2.0
