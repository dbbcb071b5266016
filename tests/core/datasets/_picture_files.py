"""Writing small picture files."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image

CLASSES = ("blue", "green", "red")


def noise(seed: int, height: int = 6, width: int = 8, channels: int = 3) -> np.ndarray:
    """A picture (height, width, channels) uint8."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels)).astype(np.uint8)


def save(path: Path, pixels: np.ndarray, **options: object) -> Path:
    """Pixels as a file of the format that its ending names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.squeeze(pixels)).save(path, **options)
    return path


def write_pictures(folder: Path, classes: Iterable[str] = CLASSES, each: int = 4, first: int = 0,
                   ending: str = "png") -> Path:
    """A folder for each class, with so many pictures; no two are alike."""
    for number, name in enumerate(classes):
        for index in range(each):
            save(folder / name / f"{index}.{ending}", noise(first + 100 * number + index))
    return folder
